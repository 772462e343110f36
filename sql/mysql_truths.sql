\i test/setup.psql
-- A setting that is true or false is so in every spelling that is taken: TLS that is asked
-- for by any of them is had, or there is no connection; the test's server may have none.
\set VERBOSITY sqlstate
\set users :mysql 'users'
CREATE FUNCTION try(url text, options jsonb DEFAULT '{}') RETURNS text LANGUAGE plpgsql AS $$
DECLARE answer text;
BEGIN
	PERFORM binds.add('b', url, options);
	SELECT string_agg(query ->> 'Value', ' ') INTO answer
		FROM binds.query('b', 'SHOW SESSION STATUS LIKE ''Ssl_cipher''');
	PERFORM binds.remove('b');
	RETURN answer;
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE;
END $$;
CREATE TABLE spellings AS SELECT s, s::boolean AS truth FROM unnest(ARRAY[
	't', 'tr', 'tru', 'true', 'TRUE', 'True', 'y', 'ye', 'yes', 'YES', '1', 'on', 'On',
	'f', 'fa', 'fals', 'false', 'FALSE', 'n', 'no', 'No', '0', 'of', 'off', 'OFF']) s;

-- what each asks for by "true", and by "false", as all its spellings do
SELECT name, s AS spelling FROM spellings,
		unnest(ARRAY['ssl', 'ssl_verify_cert', 'ssl_verify_identity', 'ssl_check_hostname']) name,
	LATERAL (SELECT try(:'users' || '?' || name || '=' || s) AS got,
		try(:'users' || CASE WHEN truth THEN '?' || name || '=true' ELSE '' END) AS wanted) l
	WHERE got IS DISTINCT FROM wanted;
SELECT s AS spelling FROM spellings WHERE NOT truth AND
	try(:'users' || '?ssl_verify_identity=true&ssl_disabled=' || s) !~ '.+|^08001$';
SELECT s AS spelling FROM spellings WHERE truth AND try(:'users' || '?ssl_verify_identity=true&ssl_disabled=' || s) <> '';
-- of connect_args, as text, as JSON's own, and inside of an object
SELECT s AS spelling FROM spellings WHERE
	try(:'users', jsonb_build_object('connect_args', jsonb_build_object('ssl_verify_identity', s)))
	IS DISTINCT FROM try(:'users', jsonb_build_object('connect_args', jsonb_build_object('ssl_verify_identity', truth)));
SELECT s AS spelling FROM spellings WHERE
	try(:'users', jsonb_build_object('connect_args', jsonb_build_object('ssl', jsonb_build_object('verify_identity', s))))
	IS DISTINCT FROM try(:'users', jsonb_build_object('connect_args', jsonb_build_object('ssl_verify_identity', truth)));
-- one that no option of today's functions has set, but the catalog has
SELECT binds.add('k', :'users');
UPDATE pg_foreign_server SET srvoptions = array_append(srvoptions, 'connect_args={"ssl": "y", "ssl_verify_identity": "t"}')
	WHERE srvname = 'k';
\c
CREATE FUNCTION cipher(key text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN (SELECT query ->> 'Value' FROM binds.query(key, 'SHOW SESSION STATUS LIKE ''Ssl_cipher'''));
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE;
END $$;
SELECT cipher('k') = '' AS clear;
-- neither
SELECT try(:'users' || '?ssl=2');
SELECT try(:'users' || '?ssl=truely');
SELECT try(:'users' || '?ssl=o');
-- files that LOAD DATA LOCAL may send: the server asks for one, and it comes
\! printf '9\tnine\n' >$D/rows; $MY users -e "CREATE TABLE t (id int, v varchar(20))"; $MY -e "SET GLOBAL local_infile = 1"
\set load 'LOAD DATA LOCAL INFILE ''':dir'/rows'' INTO TABLE t'
\setenv LOAD :load
\setenv URL :users
\setenv DATABASE :DBNAME
-- (each in a transaction of its own: what is refused may end the connection)
\! psql -XAtd $DATABASE -c 'SELECT s, truth FROM spellings' | while IFS='|' read -r s truth; do [ "$(psql -XAtd $DATABASE -c "SELECT binds.add('b', '$URL?local_infile=$s')" -c "SELECT binds.execute('b', \$\$$LOAD\$\$)" -c "SELECT binds.remove('b')" 2>/dev/null | grep -cx 1)" = "$(echo $truth | tr tf 10)" ] || echo "wrong: $s"; done
\! $MY -e "SET GLOBAL local_infile = DEFAULT"
