/* JDBC: what the driver tells of tables, keys and columns, rows by every way it has, errors. */
import java.sql.*;
import java.util.*;

public class jdbc {
	static String rows(ResultSet r, String... columns) throws SQLException {
		List<String> out = new ArrayList<>();
		while (r.next()) {
			StringJoiner row = new StringJoiner(" ");
			for (String c : columns)
				row.add(String.valueOf(r.getObject(c)));
			out.add(row.toString());
		}
		r.close();
		return out.toString();
	}

	public static void main(String[] args) throws Exception {
		Map<String, String> env = System.getenv();
		Properties p = new Properties();
		p.setProperty("user", env.get("PGUSER"));
		p.setProperty("options", "-c binds.catalogs=tables -c binds.bind_key=" + args[0]);
		try (Connection c = DriverManager.getConnection(env.get("JDBC_URL"), p)) {
			Statement s = c.createStatement();
			s.execute("CREATE TABLE j_user (id serial PRIMARY KEY, email varchar(100) NOT NULL UNIQUE, born date, CHECK (email <> ''))");
			s.execute("CREATE TABLE j_post (a integer, b integer, user_id integer NOT NULL REFERENCES j_user, price numeric(12,2) DEFAULT 1.50, at timestamptz, PRIMARY KEY (a, b))");
			s.execute("CREATE INDEX j_post_price ON j_post (price)");
			DatabaseMetaData m = c.getMetaData();
			System.out.println("tables " + rows(m.getTables(null, "public", "j\\_%", new String[] {"TABLE"}), "TABLE_NAME", "TABLE_TYPE"));
			System.out.println("primary key " + rows(m.getPrimaryKeys(null, "public", "j_post"), "COLUMN_NAME", "KEY_SEQ", "PK_NAME"));
			System.out.println("unique " + rows(m.getIndexInfo(null, "public", "j_user", true, true), "INDEX_NAME", "COLUMN_NAME", "NON_UNIQUE"));
			System.out.println("foreign " + rows(m.getImportedKeys(null, "public", "j_post"), "PKTABLE_NAME", "PKCOLUMN_NAME", "FKTABLE_NAME", "FKCOLUMN_NAME", "FK_NAME"));
			System.out.println("exported " + rows(m.getExportedKeys(null, "public", "j_user"), "FKTABLE_NAME", "FKCOLUMN_NAME"));
			System.out.println("columns " + rows(m.getColumns(null, "public", "j_user", null), "COLUMN_NAME", "TYPE_NAME", "COLUMN_SIZE", "IS_NULLABLE", "IS_AUTOINCREMENT"));
			PreparedStatement i = c.prepareStatement("INSERT INTO j_user (email, born) VALUES (?, ?)", Statement.RETURN_GENERATED_KEYS);
			for (String e : new String[] {"a@x", "é😀", "b@x"}) {
				i.setString(1, e);
				i.setObject(2, java.time.LocalDate.of(2024, 2, 29));
				i.addBatch();
			}
			System.out.println(Arrays.toString(i.executeBatch()) + " " + rows(i.getGeneratedKeys(), "id"));
			try {
				i.setString(1, "a@x");
				i.setNull(2, Types.DATE);
				i.executeUpdate();
			} catch (SQLException e) {
				System.out.println(e.getSQLState() + " " + e.getMessage().split("\n")[0]);
			}
			// a result that is written to needs the primary key
			ResultSet u = c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE).executeQuery("SELECT * FROM j_user ORDER BY id");
			u.next();
			u.updateString("email", "c@x");
			u.updateRow();
			u.next();
			u.deleteRow();
			u.moveToInsertRow();
			u.updateInt("id", 9);
			u.updateString("email", "d@x");
			u.insertRow();
			System.out.println(rows(s.executeQuery("SELECT * FROM j_user ORDER BY id"), "id", "email", "born"));
			PreparedStatement w = c.prepareStatement("INSERT INTO j_user (email, born) VALUES (?, ?) ON CONFLICT (email) DO UPDATE SET born = excluded.born");
			for (String e : new String[] {"d@x", "e@x", "e@x"}) {
				w.setString(1, e);
				w.setObject(2, java.time.LocalDate.of(2025, 3, 1));
				w.addBatch();
			}
			System.out.println(Arrays.toString(w.executeBatch()) + " " + rows(s.executeQuery("SELECT * FROM j_user ORDER BY email"), "email", "born"));
			c.setAutoCommit(false);
			PreparedStatement q = c.prepareStatement("INSERT INTO j_post (a, b, user_id, at) VALUES (?, ?, 1, ?)");
			for (int n = 1; n <= 100; n++) {
				q.setInt(1, n);
				q.setInt(2, -n);
				q.setObject(3, java.time.OffsetDateTime.of(2024, 2, 29, 12, 0, 0, 0, java.time.ZoneOffset.UTC));
				q.addBatch();
			}
			q.executeBatch();
			Savepoint sp = c.setSavepoint();
			s.execute("DELETE FROM j_post");
			c.rollback(sp);
			c.commit();
			// fetched by a cursor of the driver
			q = c.prepareStatement("SELECT * FROM j_post WHERE a > ?");
			q.setFetchSize(7);
			q.setInt(1, 10);
			ResultSet r = q.executeQuery();
			int n = 0;
			while (r.next())
				n += r.getBigDecimal("price").equals(new java.math.BigDecimal("1.50")) ? 1 : 1000;
			System.out.println(n);
			r.close();
			c.commit();
			c.setAutoCommit(true);
			System.out.println(rows(s.executeQuery("SELECT relname, binds.get_bind(oid) AS bind FROM pg_class WHERE relname ~ '^j_(user|post)$' AND oid = relname::regclass ORDER BY 1"), "relname", "bind").replace(args[0], "KEY"));
			s.execute("DROP TABLE j_post, j_user");
			System.out.println("tables " + rows(m.getTables(null, "public", "j\\_%", null), "TABLE_NAME"));
		}
	}
}
