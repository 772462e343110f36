CREATE TABLE author (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50) CHARACTER SET latin1 COLLATE latin1_swedish_ci NOT NULL UNIQUE COMMENT 'who',
	active BOOLEAN DEFAULT 1, born DATE DEFAULT '2000-01-02', score DECIMAL(10,2) DEFAULT 1.50, mood ENUM('sad','it''s ok') DEFAULT 'sad',
	made TIMESTAMP DEFAULT CURRENT_TIMESTAMP, seen DATETIME, exact DATETIME(6), data JSON, raw BLOB, ratio DOUBLE, single FLOAT, note TEXT,
	big BIGINT UNSIGNED, tiny TINYINT, year YEAR, bits BIT(8), kinds SET('a','b'), fixed CHAR(32), dur TIME(3), place POINT) COMMENT='who wrote';
CREATE TABLE book (code VARCHAR(10) NOT NULL PRIMARY KEY, title VARCHAR(100) NOT NULL, author_id INT UNSIGNED, sequel VARCHAR(10),
	CONSTRAINT written FOREIGN KEY (author_id) REFERENCES author (id) ON DELETE CASCADE,
	CONSTRAINT followed FOREIGN KEY (sequel) REFERENCES book (code), KEY name (title));
CREATE TABLE tagged (book VARCHAR(10) NOT NULL, tag VARCHAR(10) NOT NULL, n INT, twice INT AS (n * 2) VIRTUAL, mood ENUM('sad','it''s ok'),
	PRIMARY KEY (book, tag), KEY name (n), UNIQUE KEY pre (tag(3)));
CREATE TABLE `Odd ``name` (`select` INT, `Mixed Case` TEXT);
CREATE VIEW seen AS SELECT id FROM author;
INSERT INTO author (id, name, big) VALUES (1, 'Ann', 18446744073709551615), (7, 'Bob', 3);
INSERT INTO book VALUES ('a', 'first', 1, NULL);
