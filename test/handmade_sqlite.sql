CREATE TABLE num (id integer PRIMARY KEY, n NUMERIC, m TEXT);
INSERT INTO num VALUES (1, 1.5, '1.5'), (2, 10, '1.50'), (3, 9.5, '12345678901234567890.25'),
	(4, 9007199254740993, '-7'), (5, NULL, NULL);
CREATE TABLE txt (id integer PRIMARY KEY, t text COLLATE NOCASE UNIQUE, u text COLLATE RTRIM);
INSERT INTO txt VALUES (1, 'Ann', 'x'), (2, 'bob', 'x '), (3, 'Zoe', 'X'), (4, '', '');
CREATE INDEX txt_u ON txt (u);
CREATE TABLE odd (id integer PRIMARY KEY, i text, f text, x);
INSERT INTO odd VALUES (1, '10', '1.5', 2), (2, '9', '10.5', '10'), (3, '100', '9.5', 1.5);
CREATE INDEX odd_i ON odd (i);
CREATE VIEW vw AS SELECT id, t FROM txt;
CREATE TABLE keyed (k text COLLATE NOCASE PRIMARY KEY NOT NULL, v) WITHOUT ROWID;
INSERT INTO keyed VALUES ('A', 1), ('b', 2);
CREATE TABLE gen (id integer PRIMARY KEY, a int, b int AS (a * 2) STORED, c int AS (a + 1));
