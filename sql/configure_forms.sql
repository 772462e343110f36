\i test/setup.psql
-- binds.configure takes what Flask-SQLAlchemy-Lite has in SQLALCHEMY_ENGINES: a URL as an object of its parts, and "default" for the host database.
\set VERBOSITY default
SELECT binds.configure(format('{"default": "postgresql+psycopg://app@localhost/regress_binds", "file": {"url": {"drivername": "sqlite", "database": %s}, "echo": false},
	"auth": {"url": {"drivername": "mysql+pymysql", "username": "app", "password": "se cret/@:", "host": "db.example.org", "port": 3306, "database": "users",
		"query": {"read_timeout": "7", "ssl": ["true"]}}, "pool_recycle": 3600}, "six": {"url": {"drivername": "mysql", "host": "::1", "port": "3307", "database": null}}}', to_json(:'dir' || '/a b.db'))::jsonb);
SELECT bind_key, replace(url, :'dir', 'DIR'), options FROM binds.engines WHERE bind_key IS NOT NULL;
SELECT srvname, umoptions FROM pg_user_mappings ORDER BY srvname;
-- Again it changes nothing; another part does.
SELECT binds.configure('{"default": {"url": {"drivername": "postgresql"}}, "six": {"url": {"drivername": "mysql", "host": "::1", "port": 3307}}}');
SELECT binds.configure('{"six": {"url": {"drivername": "mysql", "host": "::1", "port": 3308}}}');
-- The host database is this one, and has no options of a bind.
SELECT binds.configure('{"default": "sqlite:///x.db"}');
SELECT binds.configure('{"default": "postgresql:///elsewhere"}');
SELECT binds.configure('{"default": {"url": "postgresql:///regress_binds", "echo": true}}');
-- A bind that has the key keeps it.
SELECT binds.add('default', 'sqlite:///x.db');
SELECT binds.configure('{"default": "sqlite:///y.db"}');
SELECT binds.remove('default');
-- What is no URL is told without a word of it.
SELECT binds.configure('{"a": {"url": {"database": "x"}}}');
SELECT binds.configure('{"a": {"url": {"drivername": "mysql", "user": "app"}}}');
SELECT binds.configure('{"a": {"url": {"drivername": "mysql", "port": 0}}}');
SELECT binds.configure('{"a": {"url": {"drivername": "mysql", "port": "33o6"}}}');
SELECT binds.configure('{"a": {"url": {"drivername": "mysql", "query": "x=y"}}}');
SELECT binds.configure('{"a": {"url": {"drivername": "mysql", "host": ["x"]}}}');
SELECT binds.configure('{"a": {"url": {"drivername": "mysql", "host": "h/other?ssl=false"}}}');
SELECT binds.configure('{"a": {"url": {"drivername": "mysql://h/", "password": "secret"}}}');
SELECT binds.configure('{"a": {"url": {"drivername": "sqlite", "username": "x", "database": "/x.db"}}}');
SELECT binds.configure('{"a": {"url": {"drivername": "oracle"}}}');
SELECT binds.configure('{"a": {"url": null}}');
SELECT count(*) FROM binds.engines WHERE bind_key = 'a';
