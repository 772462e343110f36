# A variable of the session that was set, and that the server calls by a name that no statement
# can name: the session cannot be made ours again, so the next transaction has another.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use FakeMySQL;
use MySQLServer;

my $server = MySQLServer->new;
my $fake = FakeMySQL->new(real => $server);
my $node = PostgreSQL::Test::Cluster->new('main');

$node->init;
$node->start;
$server->sql('CREATE PROCEDURE p() SET SESSION max_seeks_for_key = 7', 'users');
$node->safe_psql('postgres', qq{
CREATE EXTENSION binds;
SELECT binds.add('b', '@{[ $fake->url('users') ]}')});

my $look = q{SELECT r ->> 'v' = '7' FROM binds.query('b', 'SELECT @@max_seeks_for_key AS v') r};

sub set_and_look
{
	return $node->safe_psql('postgres', "BEGIN; SELECT binds.execute('b', 'CALL p()'); $look; COMMIT; $look") =~ s/^0\n//r;
}

is(set_and_look(), "f\nf", 'a variable is set back');
# now it may stay in the transaction, which is the connection's, but goes no further; a server
# that confuses names (MariaDB 11) is asked for all that differ anyway
foreach my $name ('max;seeks;for;key', "max\xffseeks'for'key")
{
	$fake->lie(sub {
		my ($packet) = @_;
		my $payload = $packet->{payload};
		$payload =~ s/max_seeks_for_key/$name/g unless defined $packet->{row};
		return $payload;
	});
	like(set_and_look(), qr/^[tf]\nf$/, 'lost with the connection: ' . $name =~ s/\xff/?/r);
}
done_testing();
