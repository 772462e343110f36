# A server that says more than it was asked for: an answer that comes too early is not taken
# for that of the next statement, which would be one behind from then on.
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
$server->sql(q{CREATE TABLE t (id int PRIMARY KEY, v varchar(20)); INSERT INTO t VALUES (1, 'a'), (2, 'b')}, 'users');
$node->safe_psql('postgres', qq{
CREATE EXTENSION binds;
SELECT binds.add('b', '@{[ $fake->url('users') ]}', '{"schema": "b"}');
SELECT count(*) FROM binds.reflect('b')});

# "42 rows", as the first packet of an answer
my $extra = "\x07\0\0\x01" . "\0\x2a\0\x02\0\0\0";

sub ask
{
	my ($sql) = @_;
	my ($code, $out, $err) = $node->psql('postgres', "\\set VERBOSITY sqlstate\n$sql", on_error_stop => 0);
	return join ' ', grep { length } $out, $err =~ /(?:ERROR|FATAL):\s+(\w+)/g;
}

# With the last packet of a statement.
sub lie_after
{
	my ($pattern, $kind) = @_;
	$fake->lie(sub {
		my ($packet) = @_;
		my $payload = $packet->{payload};

		return $payload
		  unless $packet->{kind} eq $kind && ($packet->{sql} // '') =~ $pattern
		  && ($kind eq 'ok' || defined $packet->{row});
		return ($payload, \$extra);
	});
	return;
}

# libmysqlclient shows nobody what it has read ahead: there the answer is found out when it
# is taken for another's, by what it says of the transaction or by its columns, or the
# library gives up the connection
my $noticed = '(?:08P01|08006|2D000)';

is(ask('SELECT count(*) FROM b.t'), '2', 'the truth');
foreach my $two_phase ('auto', 'off')
{
	$fake->lie(undef);
	ask("SELECT binds.alter('b', options => '{\"two_phase\": \"$two_phase\"}')");

	# a change, whose transaction then cannot go on
	lie_after(qr/^UPDATE/, 'ok');
	like(ask(q{BEGIN; UPDATE b.t SET v = 'x' WHERE id = 1; SELECT v FROM b.t WHERE id = 2; COMMIT}),
		qr/^$noticed$/, "after a change, $two_phase");
	$fake->lie(undef);
	is(ask('SELECT v FROM b.t ORDER BY id'), "a\nb", 'nothing has changed');

	# rows, then a change: it must not be counted as 42
	lie_after(qr/^SELECT .* FROM .*t/, 'end');
	like(ask(q{BEGIN; UPDATE b.t SET v = 'x' WHERE id = 1; SELECT v FROM b.t WHERE id = 2; UPDATE b.t SET v = 'y' WHERE id = 2; COMMIT}),
		qr/^$noticed 25P02 25P02$/, "after rows, $two_phase");
	$fake->lie(undef);
	like(ask('SELECT v FROM b.t WHERE id = 1'), qr/^a$/, 'the session works on');
}

# one that is alone, without a transaction
lie_after(qr/^SELECT .* FROM .*t/, 'end');
like(ask(q{SELECT v FROM b.t WHERE id = 2; SELECT v FROM b.t WHERE id = 1}), qr/^b(?:\na| 08P01)$/,
	'between transactions: the right answer or none');

done_testing();
