-- Tables for sql/sqlite_parity.sql.
CREATE TABLE names (
	"smallint" SMALLINT, "tinyint" TINYINT, "int2" INT2, "mediumint" MEDIUMINT, "int4" INT4, "integer" INTEGER, "int" INT,
	"bigint" BIGINT, "int8" INT8, "unsigned big int" UNSIGNED BIG INT,
	"point" POINT, "geometry" GEOMETRY, "blob" BLOB, "varbinary(9)" VARBINARY(9), "bytea" BYTEA,
	"char(4)" CHAR(4), "nchar(4)" NCHAR(4), "native character(7)" NATIVE CHARACTER(7), "varchar(9)" VARCHAR(9),
	"nvarchar(9)" NVARCHAR(9), "varchar" VARCHAR, "text" TEXT, "clob" CLOB,
	"real" REAL, "float" FLOAT, "double" DOUBLE, "double precision" DOUBLE PRECISION,
	"numeric" NUMERIC, "numeric(9,2)" NUMERIC(9,2), "decimal(5)" DECIMAL(5), "decimal_text" DECIMAL_TEXT,
	"bool" BOOL, "boolean" BOOLEAN, "date" DATE, "time" TIME, "datetime" DATETIME, "timestamp" TIMESTAMP,
	"timestamptz" TIMESTAMPTZ, "interval" INTERVAL,
	"uuid" UUID, "guid" GUID, "uniqueidentifier" UNIQUEIDENTIFIER, "char(36) nocase" CHAR(36) COLLATE NOCASE,
	"char(32)" CHAR(32), "json" JSON, "jsonb" JSONB, "string" STRING, "money" MONEY, "xml" XML, "any" ANY, "none");
CREATE TABLE classes (id INTEGER PRIMARY KEY, what TEXT, int INTEGER, num NUMERIC, real_ REAL, txt TEXT, none, blob_ BLOB);
INSERT INTO classes VALUES (1, 'null', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO classes VALUES (2, 'integer', 7, 7, 7, 7, 7, 7);
INSERT INTO classes VALUES (3, 'huge', 9223372036854775807, 9223372036854775807, 9223372036854775807, 9223372036854775807, 9223372036854775807, 9223372036854775807);
INSERT INTO classes VALUES (4, 'real', 1.5, 1.5, 1.5, 1.5, 1.5, 1.5);
INSERT INTO classes VALUES (5, 'whole real', 2.0, 2.0, 2.0, 2.0, 2.0, 2.0);
INSERT INTO classes VALUES (6, 'infinity', 9e999, 9e999, 9e999, 9e999, 9e999, 9e999);
INSERT INTO classes VALUES (7, 'text', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc');
INSERT INTO classes VALUES (8, 'digits', ' 12 ', ' 12 ', ' 12 ', ' 12 ', ' 12 ', ' 12 ');
INSERT INTO classes VALUES (9, 'empty', '', '', '', '', '', '');
INSERT INTO classes VALUES (10, 'blob', x'00ff', x'00ff', x'00ff', x'00ff', x'00ff', x'00ff');
CREATE TABLE moments (id INTEGER PRIMARY KEY, d DATE, t TIME, ts TIMESTAMP, tz TIMESTAMPTZ);
INSERT INTO moments VALUES (1, '2024-02-29', '12:30', '2024-02-29 12:30', '2024-02-29 12:30');
INSERT INTO moments VALUES (2, '2024-02-29 12:30:00', '12:30:01.5', '2024-02-29T12:30:00.1234567Z', '2024-02-29T12:30:00+02:00');
INSERT INTO moments VALUES (3, '29.02.2024', '25:00', '20240229T123000', 'now');
INSERT INTO moments VALUES (4, 1709164800, 45000, 1709209800, 1709209800);
INSERT INTO moments VALUES (5, 2460369.5, 0.5, 2460370.02, 2460370.02);
INSERT INTO moments VALUES (6, '0000-00-00', '24:00', '9999-12-31 23:59:59', '0001-01-01 00:00:00');
CREATE TABLE k_plain (v TEXT);
INSERT INTO k_plain VALUES ('a'), ('a');
CREATE TABLE k_autoincrement (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT);
INSERT INTO k_autoincrement (v) VALUES ('a');
CREATE TABLE k_without_rowid (k TEXT PRIMARY KEY, v TEXT) WITHOUT ROWID;
INSERT INTO k_without_rowid VALUES ('k', 'a');
CREATE TABLE k_null_key (k TEXT PRIMARY KEY, v TEXT);
INSERT INTO k_null_key VALUES (NULL, 'a'), (NULL, 'b');
CREATE TABLE k_strict (id INT PRIMARY KEY, i INTEGER, r REAL, v TEXT, b BLOB, a ANY) STRICT;
INSERT INTO k_strict VALUES (1, 1, 1.5, 'a', x'00', 7);
CREATE TABLE k_generated (v TEXT, up TEXT AS (upper(v)) STORED, low TEXT AS (lower(v)));
INSERT INTO k_generated VALUES ('A');
CREATE VIRTUAL TABLE k_virtual USING fts5(v);
INSERT INTO k_virtual VALUES ('a');
CREATE VIEW k_view AS SELECT v FROM k_plain;
