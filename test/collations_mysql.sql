CREATE TABLE cms (
	u VARCHAR(20) CHARACTER SET utf8mb3 COLLATE utf8mb3_unicode_ci PRIMARY KEY,
	id INT);
INSERT INTO cms VALUES ('x', 1), ('Ä', 2), ('ß', 3), ('b', 5);
CREATE TABLE letters (
	id INT PRIMARY KEY,
	g1 VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_german1_ci, KEY (g1),
	g2 VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_german2_ci, KEY (g2),
	cs VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_general_cs,
	cz VARCHAR(20) CHARACTER SET cp1250 COLLATE cp1250_czech_cs, KEY (cz),
	u3 TEXT CHARACTER SET utf8mb3 COLLATE utf8mb3_unicode_ci,
	f CHAR(9) CHARACTER SET latin1 COLLATE latin1_german2_ci,
	b1 VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_bin);
INSERT INTO letters (id, g1) VALUES
	(1, 'a'), (2, 'A'), (3, 'a '), (4, 'ä'), (5, 'ß'), (6, 'ss'), (7, ''), (8, '?'),
	(9, '€'), (10, NULL), (11, 'it''s');
UPDATE letters SET g2 = g1, cs = g1, cz = g1, u3 = g1, f = g1, b1 = g1;
