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

# a dump without data has the models, too
$node->safe_psql('postgres', 'CREATE DATABASE schema_only');
$node->command_ok([ 'pg_dump', '-s', '-f', "$dump.s", $node->connstr('before') ], 'pg_dump -s');
$node->command_ok(
	[ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', "$dump.s", $node->connstr('schema_only') ],
	'restore without data');
foreach my $query (
	'SELECT * FROM binds.engines WHERE bind_key IS NOT NULL',
	'SELECT * FROM binds.metadatas',
	'SELECT * FROM binds.model ORDER BY position',
	'SELECT bind_key, model, relation::text FROM binds.models ORDER BY 1, 2',
	'SELECT * FROM binds.ddl()')
{
	is(sql('schema_only', $query), sql('before', $query), "$query is the same without data");
}
# only then the data, into what is there
$node->command_ok([ 'pg_dump', '-a', '-f', "$dump.a", $node->connstr('before') ], 'pg_dump -a');
$node->command_ok(
	[ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', "$dump.a", $node->connstr('schema_only') ],
	'restore of the data alone');
is(sql('schema_only', 'SELECT * FROM page'), '1|home', 'data of the default bind');

# as a dump of 0.2.0 has them: templates, and rows of binds.model
$node->safe_psql('postgres', 'CREATE DATABASE older');
sql('older', q{
CREATE EXTENSION binds;
CREATE SCHEMA binds_metadata;
CREATE TABLE binds_metadata."odd ""name" (id integer PRIMARY KEY);
CREATE TABLE binds_metadata.page (id integer PRIMARY KEY);
COPY binds.model (bind_key, model, local_schema, local_name, "position") FROM stdin;
\N	page	public	page	2
\N	gone	public	gone	3
\N	odd "name	public	other	1
\.
});
is(sql('older', 'SELECT * FROM binds.model ORDER BY position'),
	qq{|odd "name|public|other|1\n|page|public|page|2}, 'rows of a dump of 0.2.0 are models');
is(sql('older', 'SELECT relation, action FROM binds.create_all()'),
	"other|created\npage|created", 'and their tables are created');

# a second dump is the same as the first one
$node->safe_psql('postgres', 'CREATE DATABASE again');
$node->command_ok([ 'pg_dump', '-f', "$dump.2", $node->connstr('before') ], 'pg_dump again');
is(slurp_file($dump) =~ s/\\(un)?restrict \S+//gr,
	slurp_file("$dump.2") =~ s/\\(un)?restrict \S+//gr, 'dumps are stable');
unlike(slurp_file($dump), qr/secret.*url|url.*secret/, 'no password in a server option');

done_testing();
