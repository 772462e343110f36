# Plain DDL: the first statement of a session, dumps that are restored while the setting names
# a bind, and a transaction that writes before MySQL's tables are changed.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use MySQLServer;

my $server = MySQLServer->new;
my $node = PostgreSQL::Test::Cluster->new('main');
my $dir = $node->basedir;

$node->init;
$node->start;
sub sql { return $node->safe_psql($_[0], $_[1]); }

sql('postgres', 'CREATE DATABASE before');
sql('before', qq{
CREATE EXTENSION binds;
SELECT binds.add('lite', 'sqlite:///$dir/lite.db', '{"schema": "far"}');
SELECT binds.add('my', '@{[ $server->url('users') ]}');
CREATE SCHEMA IF NOT EXISTS far;
SET binds.bind_key = '';
CREATE TABLE here (id serial PRIMARY KEY, v text);
CREATE TABLE far.too (id int PRIMARY KEY);
SET binds.catalogs = keys;
CREATE VIEW keys AS SELECT conname FROM pg_constraint WHERE contype = 'p';
RESET binds.bind_key;
CREATE TABLE far.there (id serial PRIMARY KEY, v text);
SET binds.bind_key = 'my';
CREATE TABLE away (id serial PRIMARY KEY, v text);
INSERT INTO here (v) VALUES ('a');
INSERT INTO far.too VALUES (1);
INSERT INTO far.there (v) VALUES ('b');
INSERT INTO away (v) VALUES ('c');
});

# Whoever has not loaded the library is refused, once, and only what concerns a bind.
my ($rc, $out, $err) = $node->psql('before', q{
SET binds.bind_key = 'lite';
CREATE TABLE first (id int PRIMARY KEY);
SELECT to_regclass('first') IS NULL;
CREATE TABLE first (id int PRIMARY KEY);
SELECT binds.get_bind('first'::regclass);
DROP TABLE first;
}, on_error_stop => 0);
like($err, qr/CREATE TABLE concerns a bind, and the library of "binds" was not loaded when it began/, 'first statement');
is($out, "t\nlite", 'it makes no table, the second one does');
for my $statement ('ALTER TABLE away ADD COLUMN w int', 'DROP TABLE away', 'CREATE INDEX ON away (v)',
	'ALTER FOREIGN TABLE away RENAME TO gone', 'ALTER FOREIGN TABLE away SET SCHEMA far', 'ALTER FOREIGN TABLE away DROP COLUMN v')
{
	($rc, $out, $err) = $node->psql('before', $statement);
	like($err, qr/concerns a bind/, "first statement: $statement");
}
is($node->psql('before', 'CREATE TEMP TABLE t (id int); CREATE TABLE mine (id int); DROP TABLE mine'), 0, 'ordinary tables');
is($node->psql('before', q{ALTER FOREIGN TABLE away OPTIONS (ADD batch_size '7')}), 0, 'options of a relation');
sql('before', 'ALTER FOREIGN TABLE away OPTIONS (DROP batch_size)');
is(sql('before', 'SELECT count(*) FROM binds.diff()'), '0', 'nothing has changed');

# A table of the default bind is altered, and its model is not.
sql('before', q{SELECT binds.define('CREATE TABLE own (id int PRIMARY KEY)'); SELECT binds.create_all(NULL)});
($rc, $out, $err) = $node->psql('before', 'ALTER TABLE own ADD COLUMN v text');
is($rc, 0, 'first statement on the default bind');
like($err, qr/WARNING:  model "own" on the default bind does not follow ALTER TABLE/, 'told');
is(sql('before', 'SELECT kind FROM binds.diff()'), 'extra column', 'and found');
sql('before', q{LOAD 'binds'; ALTER TABLE own DROP COLUMN v; ALTER TABLE own ADD COLUMN w text});
is(sql('before', 'SELECT count(*) FROM binds.diff()'), '0', 'a session that has it lets the model follow');

# A dump makes of every table what it was.
$node->command_ok([ 'pg_dump', '-f', "$dir/plain.sql", $node->connstr('before') ], 'pg_dump, plain');
$node->command_ok([ 'pg_dump', '-Fc', '-f', "$dir/custom", $node->connstr('before') ], 'pg_dump, custom');
for my $form ('plain', 'custom')
{
	sql('postgres', "CREATE DATABASE after_$form");
	sql('postgres', "ALTER DATABASE after_$form SET session_preload_libraries = 'binds'; ALTER DATABASE after_$form SET binds.bind_key = 'my'");
	$node->command_ok($form eq 'plain' ?
		[ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', "$dir/plain.sql", $node->connstr("after_$form") ] :
		[ 'pg_restore', '-e', '-d', $node->connstr("after_$form"), "$dir/custom" ], "restore, $form");
	is(sql("after_$form", q{SELECT string_agg(c || ' ' || coalesce(binds.get_bind(c), 'here'), ', ' ORDER BY c::text) FROM unnest(ARRAY['here', 'far.too', 'far.there', 'away']::regclass[]) c}),
		'away my, far.there lite, far.too here, here here', "tables are where they were, $form");
	is(sql("after_$form", 'SELECT here.v, there.v, away.v, too.id FROM here, far.there, away, far.too'), 'a|b|c|1', "rows, $form");
	like(sql("after_$form", q{SELECT pg_get_viewdef('keys')}), qr/FROM pg_constraint/, "a view is what was written, $form");
	is(sql("after_$form", 'SELECT count(*) FROM binds.diff()'), '0', "no differences, $form");
}

# The tables of an extension are its own, whatever the setting.
my $folder = $node->config_data('--sharedir') . '/extension';
SKIP:
{
	skip "no right to write to $folder", 3 if !-w $folder;
	my $name = "binds_test_$$";
	append_to_file("$folder/$name.control", "default_version = '1'\nrelocatable = true\n");
	append_to_file("$folder/$name--1.sql", "CREATE TABLE of_extension (id serial PRIMARY KEY, v text);\nCREATE TABLE as_extension AS SELECT 1 AS id;\nALTER TABLE of_extension ADD COLUMN w int;\n");
	append_to_file("$folder/$name--1--2.sql", "CREATE TABLE later (id int PRIMARY KEY);\nDROP TABLE as_extension;\n");
	my ($status, $told) = (0, '');
	for my $key ('lite', 'my')
	{
		my ($one, undef, $stderr) = $node->psql('before', "LOAD 'binds'; SET binds.bind_key = '$key'; CREATE EXTENSION $name; ALTER EXTENSION $name UPDATE TO '2'; SELECT binds.get_bind('of_extension'), binds.get_bind('later'); DROP EXTENSION $name", on_error_die => 0);
		$status ||= $one;
		$told .= $stderr;
	}
	is($told, '', 'CREATE EXTENSION under the setting says nothing');
	is($status, 0, 'and makes what it says');
	is(sql('before', q{SELECT count(*) FROM binds.models WHERE model IN ('of_extension', 'as_extension', 'later')}), '0', 'and no models');
	unlink "$folder/$name.control", "$folder/$name--1.sql", "$folder/$name--1--2.sql";
}

# MySQL changes tables outside of the transaction.
my $change = 'BEGIN; INSERT INTO away (v) VALUES (\'d\'); ALTER TABLE away ADD COLUMN w int; INSERT INTO away (v, w) VALUES (\'e\', 1); ROLLBACK';
($rc, $out, $err) = $node->psql('before', "LOAD 'binds'; $change");
like($err, qr/tables of bind "my" cannot be changed by a transaction that has used it/, 'ALTER TABLE after a write');
is(sql('before', 'SELECT v FROM away'), 'c', 'nothing is written');
sql('before', q{SELECT binds.alter('my', options => '{"implicit_commit": true}')});
($rc, $out, $err) = $node->psql('before', "LOAD 'binds'; $change");
like($err, qr/NOTICE:  changes on bind "my" are committed before its tables are changed/, 'implicit_commit');
like($err, qr/WARNING:  changes on bind "my" that were made before a change of its tables stay, although the transaction fails/, 'told at the rollback');
unlike($err, qr/stay changed/, 'the new column goes again');
is(sql('before', 'SELECT string_agg(v, \',\' ORDER BY id) FROM away'), 'c,d', 'what came before it is written, what came after is not');
is(sql('before', q{SELECT count(*) FROM binds.diff('my')}), '0', 'the table is what it was');
sql('before', q{LOAD 'binds'; ALTER TABLE away ADD COLUMN w int});
($rc, $out, $err) = $node->psql('before', "LOAD 'binds'; BEGIN; ALTER TABLE away DROP COLUMN w; ROLLBACK");
like($err, qr/WARNING:  tables of bind "my" stay changed after a rollback/, 'a column that is dropped does not come back');
is(sql('before', q{SELECT kind FROM binds.diff('my') ORDER BY 1}), 'missing column', 'the column is gone');
sql('before', q{LOAD 'binds'; ALTER TABLE away DROP COLUMN w});
is(sql('before', q{SELECT count(*) FROM binds.diff('my')}), '0', 'the same statement again');
($rc, $out, $err) = $node->psql('before', q{LOAD 'binds'; BEGIN; SAVEPOINT s; INSERT INTO away (v) VALUES ('f'); ALTER TABLE away ADD COLUMN x int});
like($err, qr/cannot be changed by a transaction that has used it/, 'not in a savepoint, to which one could roll back');

# A table whose columns one of a bind inherits.
sql('before', q{LOAD 'binds'; SET binds.bind_key = ''; CREATE TABLE top (v text); ALTER FOREIGN TABLE far.there INHERIT top});
($rc, $out, $err) = $node->psql('before', 'ALTER TABLE top ADD COLUMN w int');
like($err, qr/ALTER TABLE concerns a bind/, 'first statement on a parent');
sql('before', q{LOAD 'binds'; ALTER TABLE top ADD COLUMN w int; INSERT INTO far.there (v, w) VALUES ('w', 1)});
is(sql('before', 'SELECT v, w FROM top WHERE w = 1'), 'w|1', 'and the next one');

# Two sessions make a table of one name.
my @sessions = map { $node->background_psql('before', on_error_stop => 0) } 1 .. 2;
$_->query_safe(q{LOAD 'binds'; SET binds.bind_key = 'lite'}) for @sessions;
$sessions[0]->query_safe('BEGIN; CREATE TABLE twice (id int PRIMARY KEY)');
$sessions[1]->query_until(qr/go/, "\\echo go\nCREATE TABLE twice (id int PRIMARY KEY);\n");
$sessions[0]->query_safe('COMMIT');
$sessions[1]->query('SELECT 1');
is(sql('before', q{SELECT count(*) FROM binds.models WHERE model = 'twice'}), '1', 'one of them has made it');
is(sql('before', q{SELECT binds.get_bind('twice'::regclass)}), 'lite', 'on the bind');
$_->quit for @sessions;

$node->stop;
$server->stop;
done_testing();
