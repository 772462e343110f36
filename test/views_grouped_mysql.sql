CREATE TABLE n (
	id INT PRIMARY KEY AUTO_INCREMENT, nm VARCHAR(20) COLLATE utf8mb4_general_ci,
	e ENUM('x', 'Y'), d DATE, x DOUBLE, q DECIMAL(5,2), p VARCHAR(9) COLLATE utf8mb4_bin);
INSERT INTO n (nm, e, d, x, q) VALUES
	('Ann', 'x', '2024-02-29', 0, 1), ('ann', 'x', '2024-02-29', -0.0, 1),
	('ANN', 'Y', '2024-03-01', 0, 2), ('bob', 'x', NULL, 1, 1.5),
	('bob ', 'Y', '2024-02-29', 1, 1.5), ('é', 'x', '2024-02-29', 2, 3),
	('e', NULL, '2024-02-29', 2, 3), (NULL, NULL, '2024-03-01', NULL, NULL);
CREATE VIEW vg AS SELECT nm, count(*) AS c FROM n GROUP BY nm;
CREATE VIEW vu AS SELECT nm FROM n UNION SELECT upper(nm) FROM n;
CREATE VIEW vd AS SELECT DISTINCT nm, e FROM n;
CREATE VIEW vw AS SELECT nm, d, count(*) OVER (PARTITION BY nm) AS n FROM n;
CREATE VIEW vb AS SELECT nm COLLATE utf8mb4_bin AS nm, c
	FROM (SELECT nm, count(*) AS c FROM n GROUP BY nm) g;
CREATE VIEW vx AS SELECT CAST(nm AS BINARY) AS nm, c
	FROM (SELECT nm, count(*) AS c FROM n GROUP BY nm) g;
CREATE VIEW vn AS SELECT x, q, count(*) AS c FROM n GROUP BY x, q;
CREATE VIEW vl AS SELECT nm, length(nm) AS l, count(*) AS c FROM n GROUP BY nm;
CREATE VIEW va AS SELECT ascii(nm) AS a FROM vl;
CREATE VIEW vs AS SELECT DISTINCT nm, ascii(nm) AS a FROM n;
CREATE VIEW vi AS SELECT id, ascii(nm) AS a FROM n
	WHERE nm IN (SELECT nm FROM n GROUP BY nm HAVING count(*) > 1);
CREATE VIEW vp AS SELECT nm, d FROM n WHERE id > 3;
