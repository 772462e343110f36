-- Views for sql/mysql_reflect_views.sql.
DROP TABLE t;
DROP VIEW `v 1`, v2;
CREATE TABLE base (id INT PRIMARY KEY, a VARCHAR(20), n INT NOT NULL DEFAULT 7);
INSERT INTO base VALUES (1, 'x', 1), (2, 'y', 2);
CREATE TABLE other (id INT PRIMARY KEY, b INT);
CREATE TABLE lost (a INT);
CREATE VIEW wc AS SELECT id, a, n FROM base WHERE n < 10 WITH CHECK OPTION;
CREATE VIEW none AS SELECT * FROM base WHERE 0;
CREATE VIEW left_join AS SELECT base.id, other.id AS oid FROM base LEFT JOIN other ON other.id = base.id;
CREATE VIEW agg AS SELECT count(*) AS n FROM base;
CREATE VIEW `q"``v` AS SELECT id AS `a"``b` FROM base;
CREATE VIEW gone AS SELECT * FROM lost;
CREATE VIEW gone_column AS SELECT b FROM other;
CREATE VIEW over_gone AS SELECT * FROM gone;
DROP TABLE lost;
ALTER TABLE other CHANGE b c INT;
