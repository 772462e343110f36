# pg_dump and restore give back binds, models and foreign tables: the same engines
# and metadatas, and queries that work.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use MySQLServer;

my $server = MySQLServer->new;
my $node = PostgreSQL::Test::Cluster->new('main');
my $dump = $node->basedir . '/dump.sql';
my $dir = $node->basedir;

$node->init;
$node->start;

sub sql { return $node->safe_psql($_[0], $_[1]); }

$node->safe_psql('postgres', 'CREATE DATABASE before');
$node->safe_psql('before', qq{
CREATE EXTENSION binds;
SELECT binds.add('auth', '@{[ $server->url('users') ]}', '{"pool_recycle": 60, "connect_args": {"connect_timeout": 5}}');
SELECT binds.add('meta', 'sqlite:///$dir/meta.db', '{"schema": "meta"}');
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
SELECT binds.define('CREATE TABLE account (id serial PRIMARY KEY, name varchar(20) UNIQUE NOT NULL, mood mood DEFAULT ''ok'', born date)', 'auth');
SELECT binds.define('CREATE TABLE note (id bigserial PRIMARY KEY, body text, at timestamptz DEFAULT now()); CREATE INDEX ON note (at); COMMENT ON TABLE note IS ''a note''', 'meta');
SELECT binds.define('CREATE TABLE page (id serial PRIMARY KEY, title text)');
SELECT count(*) FROM binds.create_all();
INSERT INTO account (name, born) VALUES ('ann', '2000-02-29');
INSERT INTO meta.note (body) VALUES ('text');
INSERT INTO page (title) VALUES ('home');
});

# a dump reads no foreign data, and needs no engine
$server->stop;
$node->command_ok([ 'pg_dump', '-f', $dump, $node->connstr('before') ], 'pg_dump');
$node->safe_psql('postgres', 'CREATE DATABASE after');
$node->command_ok(
	[ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', $dump, $node->connstr('after') ],
	'restore');
$server->start;

foreach my $query (
	'SELECT * FROM binds.engines WHERE bind_key IS NOT NULL',
	'SELECT * FROM binds.metadatas',
	'SELECT bind_key, model, relation::text FROM binds.models ORDER BY 1, 2',
	'SELECT * FROM binds.ddl()',
	'SELECT id, name, mood, born FROM account',
	'SELECT id, body FROM meta.note',
	'SELECT * FROM page')
{
	my $want = sql('before', $query);

	isnt($want, '', "$query has rows");
	is(sql('after', $query), $want, "$query is the same after restore");
}
is(sql('after', "INSERT INTO account (name) VALUES ('bob') RETURNING id, mood"),
	'2|ok', 'insert after restore');
is(sql('after', 'SELECT DISTINCT action FROM binds.create_all()'),
	'exists', 'create_all finds everything there');
is( sql('after',
		"SELECT binds.define('CREATE TABLE more (id serial PRIMARY KEY)', 'meta') IS NOT NULL;
		 SELECT action FROM binds.create_all('meta') WHERE model = 'more'"),
	"t\ncreated",
	'definitions go on after restore');

# a second dump is the same as the first one
$node->safe_psql('postgres', 'CREATE DATABASE again');
$node->command_ok([ 'pg_dump', '-f', "$dump.2", $node->connstr('before') ], 'pg_dump again');
is(slurp_file($dump) =~ s/\\(un)?restrict \S+//gr,
	slurp_file("$dump.2") =~ s/\\(un)?restrict \S+//gr, 'dumps are stable');
unlike(slurp_file($dump), qr/secret.*url|url.*secret/, 'no password in a server option');

done_testing();
