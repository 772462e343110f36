\i test/setup.psql
-- However the server rewrites a condition (equal columns replaced by constants, OR made IN and IN made ranges, constants
-- folded, casts moved to the other side, an index that knows less than the column), its answer is that of a local table.
-- Conditions are generated: every column with values of its own and values next to them, in every form; this is one of
-- :every of them.
\getenv every BINDS_REWRITING_EVERY
\if :{?every}
\else
\set every 41
\endif
\set url :mysql 'users'
SET datestyle = 'ISO';
SET timezone = 'UTC';
SET extra_float_digits = 1;
SELECT binds.add('m', :'url', '{"schema": "m"}');
\! $MY users -e "CREATE TABLE plain (id int PRIMARY KEY, vb varchar(20) COLLATE utf8mb4_bin, vg varchar(20) COLLATE utf8mb4_general_ci, vu varchar(20) COLLATE utf8mb4_unicode_ci, l1 varchar(20) CHARACTER SET latin1 COLLATE latin1_swedish_ci, lb varchar(20) CHARACTER SET latin1 COLLATE latin1_bin, v3 varchar(20) CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci, ch char(12) COLLATE utf8mb4_general_ci, tx text COLLATE utf8mb4_unicode_ci, en enum('ann', 'bob', 'x', '1', '2') COLLATE utf8mb4_general_ci, se set('ann', 'bob', 'x') COLLATE utf8mb4_general_ci, y varbinary(20), y3 binary(3), i int, i2 smallint, bu bigint unsigned, de decimal(10, 2), d0 decimal(20, 0), f float, db double, bo tinyint(1), bi bit(8), ye year, da date, ti time, t3 time(3), dt datetime, d6 datetime(6), ts timestamp NULL, uu char(36) COLLATE utf8mb4_general_ci, vd varchar(30))"
-- the collation that is compared by bytes without padding has another name in each server
\! $MY users -e "ALTER TABLE plain ADD vn varchar(20) COLLATE utf8mb4_nopad_bin" 2>/dev/null || $MY users -e "ALTER TABLE plain ADD vn varchar(20) COLLATE utf8mb4_0900_bin"
SELECT binds.reflect('m', '{"tinyint1": "smallint", "as_text": ["en"]}') IS NOT NULL;
SET search_path = m, public;
CREATE FUNCTION pick(list text[], n integer) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT list[1 + n % cardinality(list)] $$;
-- the numbers that a list is shifted by have no common factor with its length
INSERT INTO plain (id, vb, vg, vu, l1, lb, v3, ch, tx, en, se, y, y3, i, i2, bu, de, d0, f, db, bo, bi, ye, da, ti, t3, dt, d6, ts, uu, vd, vn)
SELECT n, pick(t, n), pick(t, n), pick(t, n + n / 7), pick(l, n), pick(l, n + n / 5), pick(t[1:11], n), rtrim(pick(t, n)), pick(t, n + 1),
	pick('{ann,bob,x,1,2,NULL}', n), pick('{ann,"ann,bob",bob,"",x,NULL}', n), convert_to(pick(t, n), 'UTF8'), convert_to(pick('{abc,ABC,"a  ",NULL}', n), 'UTF8'),
	pick('{0,1,-1,2147483647,-2147483648,2024,20240101,NULL}', n)::integer, pick('{0,1,-1,2024,32767,NULL,5}', n)::smallint, pick('{0,1,9007199254740993,9223372036854775807,9223372036854775808,18446744073709551615,NULL}', n)::numeric,
	pick('{0,1,-1.5,99999999.99,0.01,NULL,2024}', n)::numeric, pick('{0,9007199254740993,9007199254740992,-1,NULL}', n)::numeric, pick('{0,0.1,1.5,-0.25,16777216,3.4e38,NULL,1e-30}', n)::real, pick('{0,0.1,1.5,0.30000000000000004,9007199254740993,1e300,NULL}', n)::float8,
	pick('{0,1,2,-1,NULL}', n)::smallint, pick('{0,1,255,NULL,65}', n)::integer, pick('{1901,2000,2024,2155,0,NULL}', n)::integer, pick('{2024-01-01,2024-02-29,0001-01-01,9999-12-31,2000-01-01,NULL}', n)::date,
	pick('{00:00:00,12:30:00,23:59:59,NULL}', n)::time, pick('{00:00:00.001,12:30:00,23:59:59.999,NULL}', n)::time, pick('{2024-01-01 00:00:00,2024-01-01 12:30:00,0001-01-01 00:00:00,9999-12-31 23:59:59,NULL}', n)::timestamp, pick('{2024-01-01 00:00:00,2024-01-01 00:00:00.000001,2024-01-01 12:30:00.5,NULL}', n)::timestamp,
	pick('{2024-01-01 00:00:00,2000-02-29 12:00:00,2037-01-01 00:00:00,NULL}', n)::timestamptz, pick('{abcdef00-0000-4000-8000-00000000000f,00000000-0000-4000-8000-0000000000ff,NULL}', n), pick('{2024-01-01,"2024-01-01 00:00:00",20240101,2024-1-1,1,01,1.0,1e0," 1","1 ",0,"",ann,NULL}', n), pick(t, n + n / 7)
FROM generate_series(1, 40) n, (SELECT '{ann,ANN,"ann ","Ann  "," ann","",änn,ÄNN,x,X,1,01,1.0,"a\\b",a_b,a%b,"x''y",ß,ss,NULL,😀,"é",é,2024-01-01}'::text[], '{ann,ANN,"ann ","",änn,x,X,1,ß,NULL,ss}'::text[]) v (t, l);
\! $MY users -e "CREATE TABLE indexed LIKE plain; INSERT INTO indexed SELECT * FROM plain; ALTER TABLE indexed ADD KEY (vb), ADD KEY (vg), ADD KEY (vu), ADD KEY (l1), ADD KEY (lb), ADD KEY (v3), ADD KEY (ch), ADD KEY (tx(5)), ADD KEY (en), ADD KEY (se), ADD KEY (y), ADD KEY (y3), ADD KEY (i), ADD KEY (i2), ADD KEY (bu), ADD KEY (de), ADD KEY (d0), ADD KEY (f), ADD KEY (db), ADD KEY (bo), ADD KEY (bi), ADD KEY (ye), ADD KEY (da), ADD KEY (ti), ADD KEY (t3), ADD KEY (dt), ADD KEY (d6), ADD KEY (ts), ADD KEY (uu), ADD KEY (vd), ADD KEY (vn, vg), ADD KEY (vg, vn, i), ADD KEY (vg(2)), ADD KEY (vu(1)); CREATE TABLE parts LIKE plain; ALTER TABLE parts DROP PRIMARY KEY; INSERT INTO parts SELECT * FROM plain; ALTER TABLE parts PARTITION BY KEY (vg) PARTITIONS 3; ANALYZE TABLE plain, indexed, parts" | cut -f 2-4 | sort -u
SELECT model FROM binds.reflect('m', '{"tinyint1": "smallint", "as_text": ["en"]}') ORDER BY 1;
CREATE TABLE local AS SELECT * FROM plain;
SELECT count(*), count(vg), count(DISTINCT vg), count(DISTINCT ch), count(bu), count(uu), count(ye) FROM local;
-- What there is to compare: a column, and values as literals.
CREATE FUNCTION m.literals(name name, type regtype) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE result text[]; more text := '';
BEGIN
	more := CASE
		WHEN type IN ('text'::regtype, 'varchar'::regtype) THEN format('UNION SELECT c || '' '' FROM (SELECT %1$I::text AS c FROM local) x UNION SELECT upper(%1$I) FROM local UNION SELECT ''Bob'' UNION SELECT ''😁'' UNION SELECT ''ann,Bob''', name)
		WHEN type = 'bpchar'::regtype THEN format('UNION SELECT upper(%1$I) FROM local UNION SELECT ''abc''', name)
		WHEN type = 'bytea'::regtype THEN format('UNION SELECT (%1$I || ''\x20'')::text FROM local UNION SELECT ''\x''', name)
		WHEN type IN ('integer'::regtype, 'smallint'::regtype) THEN format('UNION SELECT (%1$I - 1)::text FROM local WHERE %1$I > -1000 UNION SELECT ''7''', name)
		WHEN type = 'bigint'::regtype THEN format('UNION SELECT (%1$I - 1)::text FROM local', name)
		WHEN type = 'numeric'::regtype THEN format('UNION SELECT (%1$I + x)::text FROM local, unnest(''{-1,0.5,0.001}''::numeric[]) x UNION SELECT ''NaN'' UNION SELECT ''-1'' UNION SELECT ''1e30''', name)
		WHEN type IN ('real'::regtype, 'double precision'::regtype) THEN format('UNION SELECT (%1$I * 1.0000001)::text FROM local WHERE %1$I < 1e38 UNION SELECT ''NaN'' UNION SELECT ''-Infinity'' UNION SELECT ''0.3''', name)
		WHEN type = 'date'::regtype THEN format('UNION SELECT (%1$I - 1)::text FROM local WHERE %1$I > ''0001-01-01'' UNION SELECT ''infinity'' UNION SELECT ''0044-03-15 BC''', name)
		WHEN type::text ~ '^timestamp' THEN format('UNION SELECT (%1$I - interval ''1 us'')::text FROM local WHERE %1$I > ''0001-01-02'' UNION SELECT ''-infinity'' UNION SELECT ''20000-01-01''', name)
		WHEN type = 'time'::regtype THEN format('UNION SELECT (%1$I - interval ''1 us'')::text FROM local UNION SELECT ''24:00''', name)
		ELSE '' END;
	EXECUTE format('SELECT array_agg(quote_literal(v) || ''::%s'' ORDER BY v COLLATE "C") FROM (SELECT %I::text FROM local %s) x (v) WHERE v IS NOT NULL', type, name, more) INTO result;
	RETURN result;
END $$;
CREATE FUNCTION m.forms(c name, type regtype, others name[], v text, w text) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT format(f, c, v, w, type, o) FROM unnest(others) WITH ORDINALITY o (o, n), unnest(ARRAY['%1$I = %2$s', '%2$s = %1$I', '%1$I <> %2$s', '%1$I < %2$s', '%1$I <= %2$s', '%1$I > %2$s', '%1$I >= %2$s', '%1$I IN (%2$s, %3$s)', '%1$I NOT IN (%2$s, %3$s)', '%1$I = %2$s OR %1$I = %3$s',
		'%1$I BETWEEN %2$s AND %3$s', 'NOT (%1$I = %2$s)', '%1$I = %2$s AND %1$I = %3$s', '%1$I IN (%2$s, %3$s) AND %1$I <> %3$s', '%1$I >= %2$s AND %1$I IN (%2$s, %3$s)', '%1$I IS DISTINCT FROM %2$s', 'nullif(%1$I, %2$s) IS NULL', 'coalesce(%1$I, %2$s) = %2$s', '%1$I = %2$s AND id > 3 OR %1$I = %3$s AND id < 20',
		'CASE %1$I WHEN %2$s THEN 1 WHEN %3$s THEN 2 ELSE 3 END = 2', '%1$I < %2$s OR %1$I > %3$s', '%1$I = ANY (ARRAY[%2$s, NULL, %3$s])', 'NOT (%1$I = %2$s OR %1$I IS NULL)', '(%1$I = %2$s) IS NOT TRUE', '%1$I = %2$s AND %1$I > %3$s', '%1$I COLLATE "C" < %2$s', '%1$I LIKE %2$s', '%1$I NOT LIKE %2$s', '%1$I = %2$s AND length(%1$I) = length(%2$s)', '%1$I = %2$s AND upper(%1$I) = %2$s', 'lower(%1$I) = %2$s', '%1$I = %2$s AND octet_length(%1$I) = octet_length(%3$s)',
		'%1$I = %5$I', '%1$I = %5$I AND %5$I = %2$s', '%1$I = %5$I AND %1$I = %2$s', '%1$I <> %5$I AND %1$I = %2$s', '%1$I = %5$I AND %5$I IN (%2$s, %3$s)', '(%1$I, %5$I) = (%2$s, %3$s)', '(%1$I, %5$I) IN ((%2$s, %2$s), (%3$s, %2$s))', '%1$I = %2$s OR %5$I = %2$s', '%1$I = %5$I OR %1$I = %2$s', 'coalesce(%1$I, %5$I) = %2$s', '%1$I IS NOT DISTINCT FROM %5$I', '%1$I = %2$s AND %5$I <> %2$s', '%1$I < %5$I AND %5$I <= %2$s']) f
	WHERE (n = 1 OR f ~ '%5') AND (f !~ 'COLLATE|LIKE|length|upper|lower' OR type IN ('text'::regtype, 'varchar'::regtype))
$$;
-- types that are compared with each other
CREATE FUNCTION m.kind(type oid) RETURNS text IMMUTABLE LANGUAGE sql AS $$
	SELECT CASE WHEN type::regtype::text ~ 'int|numeric' THEN 'number' WHEN type::regtype::text ~ 'real|double' THEN 'float' WHEN type::regtype::text ~ 'text|char' THEN 'text' WHEN type::regtype::text ~ 'date|timestamp' THEN 'moment' ELSE type::text END
$$;
-- Ask all tables, with literals and with values that are known when it runs.
CREATE TABLE asked (n bigint, wrong text);
CREATE FUNCTION m.ask(every integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE col record; v text[]; form text; want text; got text; tab text; n bigint := 0; done bigint := 0;
BEGIN
	FOR col IN SELECT attname AS name, atttypid::regtype AS type, array(SELECT b.attname FROM pg_attribute b WHERE b.attrelid = a.attrelid AND b.attnum > 1 AND b.attname <> a.attname AND kind(b.atttypid) = kind(a.atttypid) ORDER BY (b.attnum + 7 * a.attnum) % 11, b.attnum LIMIT 4) || attname AS others
		FROM pg_attribute a WHERE attrelid = 'plain'::regclass AND attnum > 1 AND NOT attisdropped ORDER BY attnum LOOP
		v := literals(col.name, col.type);
		FOR k IN 1 .. cardinality(v) LOOP
			FOR form IN SELECT forms(col.name, col.type, col.others, v[k], v[1 + (k * 5) % cardinality(v)]) LOOP
				n := n + 1;
				CONTINUE WHEN n % every <> 0;
				BEGIN
					EXECUTE 'SELECT string_agg(id::text, '' '' ORDER BY id) FROM local WHERE ' || form INTO want;
				EXCEPTION WHEN undefined_function OR datatype_mismatch OR cannot_coerce THEN
					CONTINUE;
				END;
				IF done % 2 = 0 THEN	-- as parameters
					form := regexp_replace(form, ' ?E?''(?:[^'']|'''')*''::[a-z]+( [a-z]+)*', ' (SELECT \&)', 'g');
				END IF;
				FOREACH tab IN ARRAY ARRAY['plain', 'indexed', 'parts'] LOOP
					BEGIN
						EXECUTE format('SELECT string_agg(id::text, '' '' ORDER BY id) FROM %I WHERE %s', tab, form) INTO got;
					EXCEPTION WHEN others THEN
						got := SQLERRM;
					END;
					done := done + 1;
					IF got IS DISTINCT FROM want THEN
						INSERT INTO asked VALUES (n, format('%s: %s: %s instead of %s', tab, form, got, want));
					END IF;
				END LOOP;
			END LOOP;
		END LOOP;
	END LOOP;
	INSERT INTO asked VALUES (done);
END $$;
SELECT ask(:every);
SELECT wrong FROM asked WHERE wrong IS NOT NULL ORDER BY n LIMIT 20;
SELECT n > 100000 / :every AS enough FROM asked WHERE wrong IS NULL;
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM plain WHERE de = 0.001 AND d0 IN (0, 1);
-- Whole queries: a join that asks for every row, order with a limit, both ends, distinct values and groups.
CREATE FUNCTION m.ask_queries() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE query text; want text; got text; tab text; done bigint := 0;
BEGIN
	FOR query IN SELECT format(q, a.attname, b.attname) FROM pg_attribute a JOIN pg_attribute b USING (attrelid), unnest(ARRAY['SELECT string_agg(a.id || ''-'' || b.id, '' '' ORDER BY a.id, b.id) FROM local a JOIN %%1$I b ON a.%1$I = b.%2$I', 'SELECT string_agg(a.id || ''-'' || b.id, '' '' ORDER BY a.id, b.id) FROM local a LEFT JOIN %%1$I b ON a.%1$I = b.%2$I AND b.%1$I = b.%2$I WHERE mod(a.id, 5) = 0',
			'SELECT string_agg(id::text, '' '') FROM (SELECT id FROM %%1$I ORDER BY %1$I, id LIMIT 7 OFFSET 3) x', 'SELECT string_agg(id::text, '' '') FROM (SELECT id FROM %%1$I ORDER BY %1$I DESC NULLS LAST, id DESC LIMIT 9) x', 'SELECT string_agg(id::text, '' '') FROM (SELECT id FROM %%1$I WHERE %1$I IS NOT NULL ORDER BY %1$I::text COLLATE "C", id LIMIT 9) x',
			'SELECT min(%1$I::text COLLATE "C") || max(%1$I::text COLLATE "C") FROM %%1$I', 'SELECT string_agg(x::text, '' '' ORDER BY x::text COLLATE "C") FROM (SELECT DISTINCT %1$I FROM %%1$I) x', 'SELECT string_agg(x::text, '' '' ORDER BY x::text COLLATE "C") FROM (SELECT %1$I, count(*) FROM %%1$I GROUP BY 1) x', 'SELECT count(*) FROM %%1$I WHERE %1$I = (SELECT %1$I FROM local WHERE id = 3) OR %1$I IN (SELECT %1$I FROM local WHERE id < 5)']) WITH ORDINALITY q (q, n)
			WHERE attrelid = 'plain'::regclass AND a.attnum > 1 AND (n > 2 AND b.attnum = a.attnum OR n <= 2 AND b.attnum > 1 AND mod(a.attnum + b.attnum, 3) = 0 AND kind(a.atttypid) = kind(b.atttypid)) ORDER BY a.attnum, b.attnum, n LOOP
		BEGIN
			EXECUTE format(query, 'local') INTO want;
		EXCEPTION WHEN undefined_function THEN
			CONTINUE;
		END;
		FOREACH tab IN ARRAY ARRAY['indexed', 'parts'] LOOP
			EXECUTE format(query, tab) INTO got;
			done := done + 1;
			IF got IS DISTINCT FROM want THEN
				RETURN NEXT format('%s: %s: %s instead of %s', tab, query, got, want);
			END IF;
		END LOOP;
	END LOOP;
	TRUNCATE asked;
	INSERT INTO asked VALUES (done);
END $$;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SELECT ask_queries() LIMIT 20;
SELECT n > 700 AS enough FROM asked;
