CREATE TABLE txt (id int AUTO_INCREMENT PRIMARY KEY,
	a varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci UNIQUE,
	b varchar(20) CHARACTER SET latin1, c text CHARACTER SET utf8mb4 COLLATE utf8mb4_bin);
INSERT INTO txt VALUES (1, 'Ann', 'é', 'a'), (2, 'bob', 'e', 'B'), (3, 'Zoë', 'E ', 'b ');
CREATE TABLE num (id int PRIMARY KEY, f float, r double, d decimal(20,2), t varchar(10), w decimal(5,2));
INSERT INTO num VALUES (1, 1.5, 0.1, 9007199254740993, '10', 1.5), (2, 0.1, 0.10000000149, 1.5, '9', 10),
	(3, 3.25, 2, 9007199254740992, '100', 9.5);
CREATE TABLE flag (id int PRIMARY KEY, t tinyint(1), b bit(1), KEY (t));
INSERT INTO flag VALUES (1, 5, 1), (2, 1, 0), (3, 0, 0), (4, NULL, NULL), (5, -1, 1);
CREATE TABLE keyed (k varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL, v int DEFAULT 7, UNIQUE (k));
INSERT INTO keyed VALUES ('A', 1), ('b', 2);
CREATE TABLE odd (id int PRIMARY KEY, e enum('b','1','a'), s set('x','y','z'), ts datetime, d decimal(10,2),
	f float, t varchar(3), b binary(4), i time, y year, n int, day date, x int,
	nn timestamp NOT NULL DEFAULT '2001-01-01 00:00:00');
CREATE TABLE dkey (k decimal(20,0) PRIMARY KEY, v int);
INSERT INTO dkey VALUES (9007199254740993, 0), (5, 0);
CREATE TABLE jkey (k varchar(50) PRIMARY KEY, v int);
INSERT INTO jkey VALUES ('{"a":1}', 0);
CREATE TABLE ukey (k varchar(36) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY, v int);
INSERT INTO ukey VALUES ('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 0);
CREATE TABLE gen (id int AUTO_INCREMENT PRIMARY KEY, a int, b int AS (a * 2) STORED, c int AS (a + 1) VIRTUAL);
