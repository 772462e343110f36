-- Every column type: values come back as they went in, and compare as locally.
SELECT suite.tables($$
CREATE TABLE t (id integer PRIMARY KEY, i2 smallint, i8 bigint, n numeric(12,3),
	f4 real, f8 double precision, b boolean, c char(5), v varchar(40), x text,
	y bytea, d date, tm time, ts timestamp, tz timestamptz, iv interval,
	u uuid, j json, jb jsonb);
$$);
SELECT suite.fill($$
INSERT INTO t VALUES
	(1, 1, 1, 1.500, 1.5, 1.25, true, 'a', 'abc', 'text', '\x00ff', '2024-02-29', '12:34:56.789012',
	 '2024-01-02 03:04:05.678901', '2024-01-02 03:04:05.678901+00', '1 day 02:03:04', '11111111-2222-3333-4444-555555555555', '{"a": 1}', '{"a": 1}'),
	(2, -32768, -9223372036854775808, -999999999.999, -1e-30, 1e-300, false, '', '', '', '', '0001-01-01', '00:00:00',
	 '0001-01-01 00:00:00', '1970-01-01 00:00:00+00', '-1 mon -3 days', '00000000-0000-0000-0000-000000000000', '[]', '[]'),
	(3, 32767, 9223372036854775807, 999999999.999, 3e38, 1.7976931348623157e308, NULL, 'ABC', 'Abc ', E'line\nbreak ''quote'' \\ back', '\x27275c5c', '9999-12-31', '23:59:59.999999',
	 '9999-12-31 23:59:59.999999', '2024-07-01 12:00:00+02', '100 years', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '"x"', '"x"'),
	(4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(5, 0, 0, 0, 0, 0.1, true, 'abc  ', 'äöü 🙂', 'ABC', '\x', '2024-03-31', '01:00', '2024-03-31 02:30:00', '2024-03-31 02:30:00+02', '0', '5b30857f-0bfa-48b5-ac0b-5c64e28078d1', 'null', 'null')
$$);

SELECT suite.same('SELECT * FROM t');
SELECT suite.same('SELECT t FROM t WHERE id = 1');
SELECT suite.same('SELECT * FROM t ORDER BY id DESC LIMIT 2', true);

-- equality and order with each column's own values
SELECT suite.same(format('SELECT a.id, b.id FROM t a JOIN t b ON a.%1$I = b.%1$I', c))
FROM unnest('{id,i2,i8,n,f4,f8,b,c,v,x,y,d,tm,ts,tz,iv,u,jb}'::text[]) c;
SELECT suite.same(format('SELECT id FROM t WHERE %1$I %2$s %3$L', c, o, v))
FROM (VALUES ('i2', '-32768'), ('i8', '9223372036854775807'), ('n', '1.5'),
	('f4', '1.5'), ('f8', '0.1'), ('b', 'true'), ('c', 'abc'), ('v', 'abc'),
	('v', 'Abc'), ('x', 'abc'), ('x', ''), ('y', '\x00ff'), ('d', '2024-02-29'),
	('tm', '01:00'), ('ts', '2024-01-02 03:04:05.678901'),
	('tz', '2024-03-31 00:30:00+00'), ('iv', '0'),
	('u', '5b30857f-0bfa-48b5-ac0b-5c64e28078d1')) x (c, v),
	unnest('{=,<>,<,<=,>,>=}'::text[]) o;
SELECT suite.same(format('SELECT id, %1$I FROM t ORDER BY %1$I %2$s, id', c, d), true)
FROM unnest('{i2,i8,n,f4,f8,b,c,v,x,y,d,tm,ts,tz,iv,u}'::text[]) c,
	unnest('{"","DESC","NULLS FIRST","DESC NULLS LAST"}'::text[]) d;
SELECT suite.same(format('SELECT id FROM t WHERE %I IS %s NULL', c, n))
FROM unnest('{i2,c,x,ts}'::text[]) c, unnest('{"",NOT}'::text[]) n;

-- changes of each column
SELECT suite.same_change(format('UPDATE t SET %1$I = NULL WHERE id = 1', c), 't')
FROM unnest('{i2,i8,n,f4,f8,b,c,v,x,y,d,tm,ts,tz,iv,u,j,jb}'::text[]) c;
SELECT suite.same_change(format('UPDATE t SET %1$I = (SELECT a.%1$I FROM t a WHERE a.id = 3) WHERE id < 3', c), 't')
FROM unnest('{i2,i8,n,f4,f8,b,c,v,x,y,d,tm,ts,tz,iv,u,j,jb}'::text[]) c;
SELECT suite.same_change('DELETE FROM t WHERE id IN (1, 3)', 't');
SELECT suite.same_change('INSERT INTO t SELECT id + 10, i2, i8 FROM t RETURNING *', 't');
