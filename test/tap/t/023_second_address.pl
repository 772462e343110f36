# A host with two addresses, of which the first refuses and the second says nothing: to wait
# for it can be canceled, and has an end; and a server at the second one is reached.
use strict;
use warnings;
use IO::Socket::INET;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes 'time';
use MySQLServer;

my $server = MySQLServer->new;
my $silent = IO::Socket::INET->new(Listen => 5, LocalAddr => '127.0.0.1') or die "no port: $!";
my $node = PostgreSQL::Test::Cluster->new('main');

$node->init;
$node->start;
$node->safe_psql('postgres', q{CREATE EXTENSION binds});
$node->safe_psql('postgres', sprintf(q{SELECT binds.add('silent', 'mysql://app:secret@localhost:%d/users?connect_timeout=3')},
	$silent->sockport));
$node->safe_psql('postgres', sprintf(q{SELECT binds.add('b', '%s')}, $server->url('users') =~ s/127\.0\.0\.1/localhost/r));

# its error, and the seconds it takes
sub ask
{
	my ($before) = @_;
	my $err;
	my $start = time;

	$node->psql('postgres', "\\set VERBOSITY verbose\n$before SELECT binds.query('silent', 'SELECT 1')", stderr => \$err);
	return ($err, time - $start);
}

my ($err, $took) = ask("SET statement_timeout = '500ms';");
like($err, qr/ERROR:  57014: /, 'it is canceled');
cmp_ok($took, '<', 2.5, 'at once');
($err, $took) = ask('');
like($err, qr/ERROR:  08001: /, 'it has an end');
cmp_ok($took, '<', 8, 'after connect_timeout');
is($node->safe_psql('postgres', q{SELECT binds.query('b', 'SELECT 1 AS a') ->> 'a'}), 1, 'a server that answers is reached');
done_testing();
