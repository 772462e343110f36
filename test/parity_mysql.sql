-- Tables for sql/mysql_parity.sql.
CREATE TABLE names (
	id INT PRIMARY KEY,
	`tinyint(1)` TINYINT(1), `bool` BOOL, `tinyint` TINYINT(4), `tinyint unsigned` TINYINT UNSIGNED,
	`smallint` SMALLINT, `smallint unsigned` SMALLINT UNSIGNED, `mediumint` MEDIUMINT, `mediumint unsigned` MEDIUMINT UNSIGNED,
	`int` INT, `int unsigned` INT UNSIGNED, `int(5) zerofill` INT(5) ZEROFILL, `bigint` BIGINT, `bigint unsigned` BIGINT UNSIGNED,
	`decimal` DECIMAL, `decimal(9,2)` DECIMAL(9,2), `decimal(65,30)` DECIMAL(65,30), `decimal unsigned` DECIMAL(5,1) UNSIGNED,
	`float` FLOAT, `float(7,2)` FLOAT(7,2), `double` DOUBLE, `double unsigned` DOUBLE UNSIGNED,
	`bit` BIT, `bit(8)` BIT(8), `bit(64)` BIT(64), `year` YEAR,
	`date` DATE, `time` TIME, `time(6)` TIME(6), `datetime` DATETIME, `datetime(3)` DATETIME(3),
	`timestamp` TIMESTAMP NULL, `timestamp(6)` TIMESTAMP(6) NULL,
	`char` CHAR, `char(36)` CHAR(36), `varchar(50)` VARCHAR(50), `tinytext` TINYTEXT, `text` TEXT, `mediumtext` MEDIUMTEXT,
	`longtext` LONGTEXT, `enum` ENUM('a', 'b'), `set` SET('a', 'b'),
	`binary(4)` BINARY(4), `varbinary(9)` VARBINARY(9), `tinyblob` TINYBLOB, `blob` BLOB, `longblob` LONGBLOB,
	`geometry` GEOMETRY, `point` POINT, `polygon` POLYGON, `json` JSON, `longtext json` LONGTEXT CHECK (json_valid(`longtext json`)));
INSERT INTO names VALUES (1, 1, 0, -128, 255, -32768, 65535, -8388608, 16777215, -2147483648, 4294967295, 42,
	-9223372036854775808, 18446744073709551615, 1, 1.5, '12345678901234567890.123456789012345678901234567890', 9999.9, 1.5, 1.25, 1e300, 0, b'1', b'11111111', 18446744073709551615, 2024,
	'2024-02-29', '-838:59:59', '23:59:59.999999', '2024-02-29 12:30:00', '2024-02-29 12:30:00.5', '2024-02-29 12:30:00', '2024-02-29 12:30:00.123456',
	'x', 'x', 'x ', 'a', 'b', 'c', 'd', 'b', 'a,b', 'ab', 'ab', 'ab', 'ab', 'ab',
	ST_GeomFromText('POINT(1 2)'), ST_GeomFromText('POINT(1 2)'), NULL, '{"a": 1}', '[1]');
CREATE TABLE fork (id INT PRIMARY KEY /*M!100500 , inet6 INET6 */ /*M!101000 , inet4 INET4, uuid UUID */ /*M!110701 , `vector` VECTOR(2) */ /*!90000 , `vector` VECTOR(2) */);
INSERT INTO fork (id /*M!100500 , inet6 */ /*M!101000 , inet4, uuid */ /*M!110701 , `vector` */ /*!90000 , `vector` */) VALUES (1 /*M!100500 , '::1' */ /*M!101000 , '1.2.3.4', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' */ /*M!110701 , x'0000803f00000040' */ /*!90000 , x'0000803f00000040' */);
