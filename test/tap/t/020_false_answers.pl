# A MySQL server that does not say the truth: FakeMySQL stands before the real one, or
# answers alone.
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
$server->sql(q{CREATE TABLE t (id int PRIMARY KEY AUTO_INCREMENT, v varchar(20));
	INSERT INTO t (v) VALUES ('a'), ('b')}, 'users');
$node->safe_psql('postgres', qq{
CREATE EXTENSION binds;
SELECT binds.add('b', '@{[ $fake->url('users') ]}', '{"schema": "b"}');
SELECT count(*) FROM binds.reflect('b')});

# nothing changes what a server says that is only passed on
is($node->safe_psql('postgres', q{
	SELECT id, v FROM b.t ORDER BY id;
	INSERT INTO b.t (v) SELECT i FROM generate_series(1, 50) i;
	SELECT count(*), max(id) FROM b.t;
	SELECT binds.query('b', 'SELECT NULL x, 1.50 y')}),
	"1|a\n2|b\n52|52\n" . '{"x": null, "y": "1.50"}', 'the truth');

# a server that answers alone
my $alone = FakeMySQL->new(answer => sub {
	my ($sql) = @_;
	return { columns => ['a'], rows => [ ['x'], [undef] ] } if $sql eq 'SELECT a FROM t';
	return { error => [ 1146, '42S02', 'there is none' ] } if $sql =~ /^SELECT/;
	return;
});
$node->safe_psql('postgres', "SELECT binds.alter('b', '@{[ $alone->url('users') ]}')");
is($node->safe_psql('postgres', "SELECT binds.query('b', 'SELECT a FROM t')"),
	qq({"a": "x"}\n{"a": null}), 'rows');
my ($out, $err);
$node->psql('postgres', '\set VERBOSITY sqlstate' . "\nSELECT binds.query('b', 'SELECT b FROM t')",
	stderr => \$err);
like($err, qr/ERROR:  42P01/, 'an error');
is((grep { $_->[1] =~ /SELECT b FROM t/ } $alone->heard), 1, 'what the client said is kept');

done_testing();
