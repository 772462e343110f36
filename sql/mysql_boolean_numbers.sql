\i test/setup.psql
-- A boolean in MySQL's columns of other numbers: what is written comes back, every number but 0 is true, and every
-- condition and write means what is read, with pushdown and without.
\set url :mysql 'users'
SELECT binds.add('s', :'url') \g /dev/null
CREATE SCHEMA s;
CREATE SCHEMA hand;
CREATE TABLE declared (name text, type text);
INSERT INTO declared VALUES ('tinyint1', 'tinyint(1)'), ('big', 'bigint unsigned'), ('dec0', 'decimal(5)'), ('dec2', 'decimal(5,2)'), ('dec30', 'decimal(40,30)'), ('flo', 'float'), ('dou', 'double'), ('dou1', 'double(5,1)'), ('bit1', 'bit(1)'), ('bit64', 'bit(64)'), ('chars', 'varchar(40)');
\! $MY users -e "CREATE TABLE tinyint1 (id int PRIMARY KEY, v tinyint(1)); CREATE TABLE big (id int PRIMARY KEY, v bigint unsigned); CREATE TABLE dec0 (id int PRIMARY KEY, v decimal(5)); CREATE TABLE dec2 (id int PRIMARY KEY, v decimal(5,2)); CREATE TABLE dec30 (id int PRIMARY KEY, v decimal(40,30)); CREATE TABLE flo (id int PRIMARY KEY, v float); CREATE TABLE dou (id int PRIMARY KEY, v double); CREATE TABLE dou1 (id int PRIMARY KEY, v double(5,1)); CREATE TABLE bit1 (id int PRIMARY KEY, v bit(1)); CREATE TABLE bit64 (id int PRIMARY KEY, v bit(64)); CREATE TABLE chars (id int PRIMARY KEY, v varchar(40));"
-- one table is told the column's type; one is written by hand
SELECT format('CREATE FOREIGN TABLE s.%I (id int OPTIONS (key ''true''), v boolean OPTIONS (type %L)) SERVER s', name, type) FROM declared WHERE name <> 'chars'
UNION ALL SELECT 'CREATE FOREIGN TABLE s.chars (id int OPTIONS (key ''true''), v boolean OPTIONS (type ''varchar(40)'', collation ''utf8mb4_general_ci'')) SERVER s'
UNION ALL SELECT format('CREATE FOREIGN TABLE hand.%I (id int OPTIONS (key ''true''), v boolean) SERVER s', name) FROM declared WHERE name !~ 'bit' \gexec
-- what is written
CREATE FUNCTION write(tab text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE seen text;
BEGIN
	PERFORM binds.execute('s', 'DELETE FROM ' || split_part(tab, '.', 2));
	EXECUTE format('INSERT INTO %s VALUES (1, true), (2, false), (3, NULL), (4, false)', tab);
	EXECUTE format('UPDATE %s SET v = NOT v WHERE id IN (2, 3)', tab);
	EXECUTE format('UPDATE %s SET v = true WHERE v IS NULL', tab);
	EXECUTE format('DELETE FROM %s WHERE NOT v', tab);
	EXECUTE format('SELECT string_agg(id || v::text, '' '' ORDER BY id) FROM %s WHERE v', tab) INTO seen;
	RETURN seen;
EXCEPTION WHEN data_exception THEN RETURN SQLSTATE;
END $$;
SELECT write(t), string_agg(t, ' ' ORDER BY t COLLATE "C") FROM (SELECT foreign_table_schema || '.' || foreign_table_name AS t FROM information_schema.foreign_tables) f GROUP BY 1 ORDER BY 1;
-- what others have written
CREATE TABLE form (id int GENERATED ALWAYS AS IDENTITY, literal text);
INSERT INTO form (literal) VALUES ('0'), ('1'), ('2'), ('-1'), ('0.04'), ('0.5'), ('-0e0'), ('1e-30'), ('1e-300'), ('18446744073709551615'), ($$'1.50'$$), ($$'0.0'$$), ($$''$$), ($$'a'$$), ($$'t'$$), ('NULL');
\i test/answer.psql
CREATE FUNCTION probe(tab text) RETURNS TABLE (seen text, forms text) LANGUAGE plpgsql AS $$
DECLARE one form; query text; here text; there text;
BEGIN
	CREATE TEMP TABLE found (form text, seen text);
	-- (servers write minus zero as different texts)
	FOR one IN SELECT * FROM form WHERE tab <> 's.chars' OR literal <> '-0e0' ORDER BY id LOOP
		PERFORM binds.execute('s', 'DELETE FROM ' || split_part(tab, '.', 2));
		BEGIN
			PERFORM binds.execute('s', format('INSERT INTO %s VALUES (1, %s)', split_part(tab, '.', 2), one.literal));
		EXCEPTION WHEN OTHERS THEN CONTINUE;
		END;
		INSERT INTO found VALUES (one.literal, answer(false, 'SELECT v FROM ' || tab));
		FOR query IN SELECT format(shape, tab, c) FROM unnest('{v,NOT v,v = true,v <> true,v < true,v >= true,v IS TRUE,v IS NOT TRUE,v IS FALSE,v IS NOT FALSE,v IS UNKNOWN,v IS DISTINCT FROM false,v = v,"coalesce(v, true)",CASE WHEN v THEN false ELSE true END}'::text[]) c,
			unnest('{SELECT count(*) FROM %s WHERE %s,WITH d AS (DELETE FROM %s WHERE %s RETURNING 1) SELECT count(*) FROM d,WITH u AS (UPDATE %s SET v = v WHERE %s RETURNING 1) SELECT count(*) FROM u}'::text[]) shape LOOP
			here := answer(false, query);
			there := answer(true, query);
			IF there <> here AND NOT (here = '22P02' AND there = '0') THEN
				INSERT INTO found VALUES (one.literal, format('WRONG: %s, not %s: %s', there, here, query));
			END IF;
		END LOOP;
	END LOOP;
	RETURN QUERY SELECT f.seen, string_agg(f.form, '  ' ORDER BY f.form COLLATE "C") FROM found f GROUP BY 1 ORDER BY f.seen COLLATE "C";
	DROP TABLE found;
END $$;
\pset format unaligned
\pset tuples_only on
SELECT * FROM probe('s.tinyint1');
SELECT * FROM probe('s.big');
SELECT * FROM probe('s.dec0');
SELECT * FROM probe('s.dec2');
SELECT * FROM probe('s.dec30');
SELECT * FROM probe('s.flo');
SELECT * FROM probe('s.dou');
SELECT * FROM probe('s.dou1');
SELECT * FROM probe('s.bit1');
SELECT * FROM probe('s.bit64');
SELECT * FROM probe('s.chars');
