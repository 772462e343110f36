# A database with binds, models and rows of an earlier version goes on working after
# ALTER EXTENSION UPDATE, and has then the very objects of a new installation.
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

# What the extension has made: every object with its definition, comment and rights.
# Tables' contents and sequences of oids are no part of it.
my $objects = q{
SET search_path = pg_catalog;
SELECT o.type || ' ' || o.identity,
  CASE d.classid
    WHEN 'pg_proc'::regclass THEN (SELECT CASE p.prokind WHEN 'a' THEN p.proname::text
        ELSE pg_get_functiondef(p.oid) END || coalesce(p.proacl::text, '') FROM pg_proc p WHERE p.oid = d.objid)
    WHEN 'pg_class'::regclass THEN (SELECT coalesce(pg_get_viewdef(c.oid), '') || coalesce(c.relacl::text, '') || coalesce(
        (SELECT string_agg(format('%s %s %s %s', a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull), ', ' ORDER BY a.attnum)
         FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0), '') FROM pg_class c WHERE c.oid = d.objid)
    WHEN 'pg_foreign_data_wrapper'::regclass THEN (SELECT format('%s %s %s %s', w.fdwhandler::regproc, w.fdwvalidator::regproc, w.fdwacl, w.fdwoptions)
        FROM pg_foreign_data_wrapper w WHERE w.oid = d.objid)
    WHEN 'pg_namespace'::regclass THEN (SELECT n.nspacl::text FROM pg_namespace n WHERE n.oid = d.objid)
    WHEN 'pg_event_trigger'::regclass THEN (SELECT format('%s %s %s', t.evtevent, t.evtfoid::regproc, t.evttags) FROM pg_event_trigger t WHERE t.oid = d.objid)
  END,
  coalesce(obj_description(d.objid, (SELECT relname FROM pg_class WHERE oid = d.classid)), '')
FROM pg_depend d, pg_identify_object(d.classid, d.objid, d.objsubid) o
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
  AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'binds')
ORDER BY 1;
SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint
  WHERE connamespace = 'binds'::regnamespace ORDER BY 1, 2;
SELECT indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index
  WHERE indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'binds'::regnamespace) ORDER BY 1;
SELECT extconfig::regclass[], extcondition FROM pg_extension WHERE extname = 'binds';
};

$node->safe_psql('postgres', 'CREATE DATABASE new; CREATE DATABASE old');
$node->safe_psql('new', 'CREATE EXTENSION binds');
my $version = $node->safe_psql('new', "SELECT extversion FROM pg_extension WHERE extname = 'binds'");

for my $from (split /\n/,
	$node->safe_psql('new', "SELECT source FROM pg_extension_update_paths('binds') WHERE target = '$version' AND path IS NOT NULL ORDER BY 1"))
{
	my $db = "from_$from";
	$db =~ tr/./_/;
	$node->safe_psql('postgres', "CREATE DATABASE $db");
	$node->safe_psql('postgres', "DROP DATABASE IF EXISTS old");
	unlink "$dir/meta.db", "$dir/meta.db-wal", "$dir/meta.db-shm";
	$server->sql(q{DROP DATABASE users; CREATE DATABASE users;
CREATE TABLE users.visit (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) NOT NULL UNIQUE, at DATETIME(6)) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin});

	# before 0.3.0, models were rows of a table; the library is the new one
	$node->safe_psql($db, qq{
CREATE EXTENSION binds VERSION '$from';
SELECT binds.add('auth', '@{[ $server->url('users') ]}', '{"pool_recycle": 60}');
SELECT binds.add('meta', 'sqlite:///$dir/meta.db', '{"schema": "meta"}');
CREATE SCHEMA binds_metadata;
CREATE TABLE binds_metadata_auth.account (id serial PRIMARY KEY, name varchar(20) UNIQUE NOT NULL, paid numeric(8,2), born date);
CREATE TABLE binds_metadata_auth.visit (id serial PRIMARY KEY, name varchar(20) UNIQUE NOT NULL, at timestamptz);
CREATE TABLE binds_metadata_meta.note (id bigserial PRIMARY KEY, body text, at timestamptz DEFAULT now());
CREATE TABLE binds_metadata_meta.price (at timestamptz, what text, amount numeric, PRIMARY KEY (at, what));
CREATE TABLE binds_metadata.page (id serial PRIMARY KEY, title text);
INSERT INTO binds.model VALUES ('auth', 'account', 'public', 'account', 1), ('meta', 'note', 'meta', 'note', 2),
  ('meta', 'price', 'meta', 'price', 3), (NULL, 'page', 'public', 'page', 4), (NULL, 'gone', 'public', 'gone', 5), ('auth', 'visit', 'public', 'visit', 7);
-- two as create_all of 0.2.0 has made them, with rows
CREATE FOREIGN TABLE meta.price (at timestamptz OPTIONS (key 'true') NOT NULL, what text OPTIONS (key 'true') NOT NULL, amount numeric)
  SERVER meta OPTIONS (table_name 'price', rowid 'true', described 'a7036a9c');
SELECT binds.execute('meta', 'CREATE TABLE price (at TIMESTAMPTZ NOT NULL, what TEXT NOT NULL, amount DECIMAL_TEXT, PRIMARY KEY (at, what))');
INSERT INTO meta.price VALUES ('2023-12-31 12:00+00', 'milk', 1.10);
CREATE FOREIGN TABLE visit (id integer OPTIONS (key 'true', generated 'by default'), name varchar(20) NOT NULL, at timestamptz)
  SERVER auth OPTIONS (table_name 'visit', described '6b48aa2c');
INSERT INTO visit (name, at) VALUES ('ann', '2023-06-01 12:00:00.5+00') RETURNING id;
CREATE FOREIGN TABLE early (id integer) SERVER meta;
SELECT binds.execute('meta', 'CREATE TABLE early (id integer PRIMARY KEY)');
INSERT INTO early VALUES (1);
});
	is($node->safe_psql($db, 'SELECT * FROM early'), '1', "data of $from before the update");
	my ($code, $out, $err) = $node->psql($db, 'INSERT INTO early VALUES (1)');
	like($err, qr/duplicate key value violates unique constraint/, "and its errors");
	($code, $out, $err) = $node->psql($db, "SELECT binds.define('CREATE TABLE late (id integer)')");
	like($err, qr/is of another version than its library.*ALTER EXTENSION binds UPDATE/s,
		"definitions of $from wait for the update");

	# views and the like on what is replaced are named, not dropped
	$node->safe_psql($db, q{
CREATE SCHEMA "my own";
CREATE VIEW "my own".on_table AS SELECT count(*) FROM binds.model;
CREATE VIEW on_function AS SELECT * FROM binds.create_all(ARRAY['auth']);
CREATE VIEW on_models AS SELECT model FROM binds.models;
CREATE TABLE of_type (m binds.model[]);
CREATE TABLE refers (bind_key text, model text, FOREIGN KEY (bind_key, model) REFERENCES binds.model (bind_key, model));
});
	($code, $out, $err) = $node->psql($db, '\set VERBOSITY verbose
ALTER EXTENSION binds UPDATE');
	like($err, qr/2BP01: cannot update extension "binds"/, "what depends on $from stops the update");
	like($err, qr/DETAIL:  [^\n]*depend: column m of table (public\.)?of_type, constraint refers_bind_key_model_fkey on table (public\.)?refers, view "my own"\.on_table, view (public\.)?on_function\.\n/,
		'and is named');
	like($err, qr/HINT:  Drop them, use ALTER EXTENSION binds UPDATE/, 'with what to do');
	$node->safe_psql($db, 'DROP SCHEMA "my own" CASCADE; DROP VIEW on_function; DROP TABLE of_type, refers');

	# a row of no bind does not make one, nor a model
	$node->safe_psql($db, q{
CREATE SCHEMA binds_metadata_none;
CREATE TABLE binds_metadata_none.lost (id integer);
INSERT INTO binds.model VALUES ('none', 'lost', 'public', 'lost', 6);
});
	($code, $out, $err) = $node->psql($db, 'ALTER EXTENSION binds UPDATE');
	is($code, 0, "update from $from");
	is($err =~ s/^psql:<stdin>:\d+: //mgr,
		'WARNING:  model "lost" is of bind "none", which does not exist, skipping', 'and what it leaves out');
	is($node->safe_psql($db, "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'binds_metadata_none.lost'::regclass; SELECT count(*) FROM on_models"),
		"0\n5", 'which is no model');
	$node->safe_psql($db, 'DROP VIEW on_models; DROP SCHEMA binds_metadata_none CASCADE');

	is($node->safe_psql($db, $objects), $node->safe_psql('new', $objects),
		"an update from $from gives the objects of a new $version");

	is($node->safe_psql($db, q{
SET timezone = 'UTC';
SELECT * FROM early;
SELECT * FROM meta.price;
SELECT * FROM visit;
INSERT INTO early VALUES (2);
INSERT INTO visit (name) VALUES ('bob') RETURNING id;
UPDATE meta.price SET amount = 1.20 WHERE what = 'milk' RETURNING amount;
SELECT * FROM early ORDER BY id}),
		q{1
2023-12-31 12:00:00+00|milk|1.10
1|ann|2023-06-01 12:00:00.5+00
2
1.20
1
2}, "relations of $from are read and written after the update");

	$node->safe_psql($db, q{
SELECT count(*) FROM binds.create_all();
INSERT INTO account (name, paid, born) VALUES ('ann', 1.50, '2000-02-29'), ('bob', NULL, NULL);
INSERT INTO meta.note (body) VALUES ('text'), (NULL);
INSERT INTO meta.price VALUES ('2024-01-01 12:00+00', 'tea', 2.50);
INSERT INTO page (title) VALUES ('home');
});
	is($node->safe_psql($db, q{
SELECT bind_key, dialect FROM binds.engines ORDER BY bind_key NULLS FIRST;
SELECT bind_key, tables FROM binds.metadatas ORDER BY bind_key NULLS FIRST;
SELECT a.name, a.paid, a.born, n.body FROM account a JOIN meta.note n USING (id) ORDER BY 1;
SELECT bind_key, model, action FROM binds.create_all()}),
		q{|postgresql
auth|mysql
meta|sqlite
|{page}
auth|{account,visit}
meta|{note,price}
ann|1.50|2000-02-29|text
bob|||
|page|exists
auth|account|exists
auth|visit|exists
meta|note|exists
meta|price|exists}, "binds, models and rows of $from are there");

	is($node->safe_psql($db, q{
BEGIN;
UPDATE account SET paid = 3 WHERE name = 'ann';
UPDATE meta.price SET amount = 2.75 WHERE what = 'tea';
DELETE FROM meta.note WHERE body IS NULL;
INSERT INTO account (name) VALUES ('cyd') RETURNING id;
COMMIT;
SELECT * FROM account ORDER BY id;
SELECT what, amount FROM meta.price ORDER BY 1;
SELECT id, body FROM meta.note;
SELECT bind_key, model, action FROM binds.drop_all()}),
		q{3
1|ann|3.00|2000-02-29
2|bob||
3|cyd||
milk|1.20
tea|2.75
1|text
meta|price|dropped
meta|note|dropped
auth|visit|dropped
auth|account|dropped
|page|dropped}, "tables of $from are written and dropped");
}

done_testing();
