\i test/setup.psql
SET client_encoding = 'UTF8';

-- URLs and what SQLAlchemy makes of them; the parts are NULL where it, or we, refuse:
-- 70-73, 80, 82, 106, 108 and 114 are what Python takes by accident.
CREATE TABLE url_case (n int PRIMARY KEY, url text, rendered text, parts jsonb);
INSERT INTO url_case VALUES
(1, 'dbtype://username:password@hostspec:110//usr/db_file.db', 'dbtype://username:password@hostspec:110//usr/db_file.db',
 '{"drivername": "dbtype", "username": "username", "password": "password", "host": "hostspec", "port": 110, "database": "/usr/db_file.db", "query": {}}'),
(2, 'dbtype://username:password@hostspec/database', 'dbtype://username:password@hostspec/database',
 '{"drivername": "dbtype", "username": "username", "password": "password", "host": "hostspec", "port": null, "database": "database", "query": {}}'),
(3, 'dbtype+apitype://username:password@hostspec/database', 'dbtype+apitype://username:password@hostspec/database',
 '{"drivername": "dbtype+apitype", "username": "username", "password": "password", "host": "hostspec", "port": null, "database": "database", "query": {}}'),
(4, 'dbtype://username:password@hostspec', 'dbtype://username:password@hostspec',
 '{"drivername": "dbtype", "username": "username", "password": "password", "host": "hostspec", "port": null, "database": null, "query": {}}'),
(5, 'dbtype://username:password@/database', 'dbtype://username:password@/database',
 '{"drivername": "dbtype", "username": "username", "password": "password", "host": null, "port": null, "database": "database", "query": {}}'),
(6, 'dbtype://username@hostspec', 'dbtype://username@hostspec',
 '{"drivername": "dbtype", "username": "username", "password": null, "host": "hostspec", "port": null, "database": null, "query": {}}'),
(7, 'dbtype://username:password@127.0.0.1:1521', 'dbtype://username:password@127.0.0.1:1521',
 '{"drivername": "dbtype", "username": "username", "password": "password", "host": "127.0.0.1", "port": 1521, "database": null, "query": {}}'),
(8, 'dbtype://hostspec/database', 'dbtype://hostspec/database',
 '{"drivername": "dbtype", "username": null, "password": null, "host": "hostspec", "port": null, "database": "database", "query": {}}'),
(9, 'dbtype://hostspec', 'dbtype://hostspec',
 '{"drivername": "dbtype", "username": null, "password": null, "host": "hostspec", "port": null, "database": null, "query": {}}'),
(10, 'dbtype://hostspec/?arg1=val1&arg2=val2', 'dbtype://hostspec/?arg1=val1&arg2=val2',
 '{"drivername": "dbtype", "username": null, "password": null, "host": "hostspec", "port": null, "database": "", "query": {"arg1": "val1", "arg2": "val2"}}'),
(11, 'dbtype+apitype:///database', 'dbtype+apitype:///database',
 '{"drivername": "dbtype+apitype", "username": null, "password": null, "host": null, "port": null, "database": "database", "query": {}}'),
(12, 'dbtype:///:memory:', 'dbtype:///%3Amemory%3A',
 '{"drivername": "dbtype", "username": null, "password": null, "host": null, "port": null, "database": ":memory:", "query": {}}'),
(13, 'dbtype:///foo/bar/im/a/file', 'dbtype:///foo/bar/im/a/file',
 '{"drivername": "dbtype", "username": null, "password": null, "host": null, "port": null, "database": "foo/bar/im/a/file", "query": {}}'),
(14, 'dbtype:///E:/data/src/app/db/hello.db', 'dbtype:///E%3A/data/src/app/db/hello.db',
 '{"drivername": "dbtype", "username": null, "password": null, "host": null, "port": null, "database": "E:/data/src/app/db/hello.db", "query": {}}'),
(15, 'dbtype:///E:/data/src/app/db/hello.db?foo=bar&hoho=lala', 'dbtype:///E%3A/data/src/app/db/hello.db?foo=bar&hoho=lala',
 '{"drivername": "dbtype", "username": null, "password": null, "host": null, "port": null, "database": "E:/data/src/app/db/hello.db", "query": {"foo": "bar", "hoho": "lala"}}'),
(16, 'dbtype:///E:/data/src/app/db/hello.db?foo=bar&hoho=lala&hoho=bat', 'dbtype:///E%3A/data/src/app/db/hello.db?foo=bar&hoho=lala&hoho=bat',
 '{"drivername": "dbtype", "username": null, "password": null, "host": null, "port": null, "database": "E:/data/src/app/db/hello.db", "query": {"foo": "bar", "hoho": ["lala", "bat"]}}'),
(17, 'dbtype://', 'dbtype://',
 '{"drivername": "dbtype", "username": null, "password": null, "host": null, "port": null, "database": null, "query": {}}'),
(18, 'dbtype:////usr/local/_xtest@example.com/members.db', 'dbtype:////usr/local/_xtest%40example.com/members.db',
 '{"drivername": "dbtype", "username": null, "password": null, "host": null, "port": null, "database": "/usr/local/_xtest@example.com/members.db", "query": {}}'),
(19, 'dbtype://username:apples%2Foranges@hostspec/database', 'dbtype://username:apples%2Foranges@hostspec/database',
 '{"drivername": "dbtype", "username": "username", "password": "apples/oranges", "host": "hostspec", "port": null, "database": "database", "query": {}}'),
(20, 'dbtype://username:password@[2001:da8:2004:1000:202:116:160:90]/database?foo=bar', 'dbtype://username:password@[2001:da8:2004:1000:202:116:160:90]/database?foo=bar',
 '{"drivername": "dbtype", "username": "username", "password": "password", "host": "2001:da8:2004:1000:202:116:160:90", "port": null, "database": "database", "query": {"foo": "bar"}}'),
(21, 'dbtype://username:password@[2001:da8:2004:1000:202:116:160:90]:80/database?foo=bar', 'dbtype://username:password@[2001:da8:2004:1000:202:116:160:90]:80/database?foo=bar',
 '{"drivername": "dbtype", "username": "username", "password": "password", "host": "2001:da8:2004:1000:202:116:160:90", "port": 80, "database": "database", "query": {"foo": "bar"}}'),
(22, 'dbtype://username:password@hostspec/test+database with%40atsign', 'dbtype://username:password@hostspec/test+database with%40atsign',
 '{"drivername": "dbtype", "username": "username", "password": "password", "host": "hostspec", "port": null, "database": "test+database with@atsign", "query": {}}'),
(23, 'dbtype://username:password@hostspec/db%3Fwith%3Dqmark', 'dbtype://username:password@hostspec/db%3Fwith%3Dqmark',
 '{"drivername": "dbtype", "username": "username", "password": "password", "host": "hostspec", "port": null, "database": "db?with=qmark", "query": {}}'),
(24, 'dbtype://username:password@hostspec/test database with spaces', 'dbtype://username:password@hostspec/test database with spaces',
 '{"drivername": "dbtype", "username": "username", "password": "password", "host": "hostspec", "port": null, "database": "test database with spaces", "query": {}}'),
(25, 'dbtype://username:password@hostspec?query=but_no_db', 'dbtype://username:password@hostspec?query=but_no_db',
 '{"drivername": "dbtype", "username": "username", "password": "password", "host": "hostspec", "port": null, "database": null, "query": {"query": "but_no_db"}}'),
(26, 'dbtype://username:password@hostspec:450?query=but_no_db', 'dbtype://username:password@hostspec:450?query=but_no_db',
 '{"drivername": "dbtype", "username": "username", "password": "password", "host": "hostspec", "port": 450, "database": null, "query": {"query": "but_no_db"}}'),
(27, 'dbtype://username:password with spaces@hostspec:450?query=but_no_db', 'dbtype://username:password with spaces@hostspec:450?query=but_no_db',
 '{"drivername": "dbtype", "username": "username", "password": "password with spaces", "host": "hostspec", "port": 450, "database": null, "query": {"query": "but_no_db"}}'),
(28, 'dbtype+apitype://username with space+and+plus:password with space+and+plus@hostspec:450?query=but_no_db', 'dbtype+apitype://username with space+and+plus:password with space+and+plus@hostspec:450?query=but_no_db',
 '{"drivername": "dbtype+apitype", "username": "username with space+and+plus", "password": "password with space+and+plus", "host": "hostspec", "port": 450, "database": null, "query": {"query": "but_no_db"}}'),
(29, 'dbtype://user%25%26%7C:pass%25%26%7C@hostspec:499?query=but_no_db', 'dbtype://user%25%26%7C:pass%25%26%7C@hostspec:499?query=but_no_db',
 '{"drivername": "dbtype", "username": "user%&|", "password": "pass%&|", "host": "hostspec", "port": 499, "database": null, "query": {"query": "but_no_db"}}'),
(30, 'dbtype://user🐍測試:pass🐍測試@hostspec:499?query=but_no_db', 'dbtype://user%F0%9F%90%8D%E6%B8%AC%E8%A9%A6:pass%F0%9F%90%8D%E6%B8%AC%E8%A9%A6@hostspec:499?query=but_no_db',
 '{"drivername": "dbtype", "username": "user🐍測試", "password": "pass🐍測試", "host": "hostspec", "port": 499, "database": null, "query": {"query": "but_no_db"}}'),
(31, 'dbtype:///path/with/slashes', 'dbtype:///path/with/slashes',
 '{"drivername": "dbtype", "username": null, "password": null, "host": null, "port": null, "database": "path/with/slashes", "query": {}}'),
(32, 'dbtype://user:pass word + other%3Awords@host/dbname', 'dbtype://user:pass word + other%3Awords@host/dbname',
 '{"drivername": "dbtype", "username": "user", "password": "pass word + other:words", "host": "host", "port": null, "database": "dbname", "query": {}}'),
(33, 'dbtype://username:apples%40oranges%40%40@hostspec/database', 'dbtype://username:apples%40oranges%40%40@hostspec/database',
 '{"drivername": "dbtype", "username": "username", "password": "apples@oranges@@", "host": "hostspec", "port": null, "database": "database", "query": {}}'),
(34, 'dbtype://username%40:@hostspec/database', 'dbtype://username%40:@hostspec/database',
 '{"drivername": "dbtype", "username": "username@", "password": "", "host": "hostspec", "port": null, "database": "database", "query": {}}'),
(35, 'dialect://user:pass@host/db?arg1=param1&arg2=param2&arg2=param3', 'dialect://user:pass@host/db?arg1=param1&arg2=param2&arg2=param3',
 '{"drivername": "dialect", "username": "user", "password": "pass", "host": "host", "port": null, "database": "db", "query": {"arg1": "param1", "arg2": ["param2", "param3"]}}'),
(36, 'dialect://user:pass@host/?arg1=param1&arg2=param2', 'dialect://user:pass@host/?arg1=param1&arg2=param2',
 '{"drivername": "dialect", "username": "user", "password": "pass", "host": "host", "port": null, "database": "", "query": {"arg1": "param1", "arg2": "param2"}}'),
(37, 'dialect://user:pass@host?arg1=param1&arg2=param2', 'dialect://user:pass@host?arg1=param1&arg2=param2',
 '{"drivername": "dialect", "username": "user", "password": "pass", "host": "host", "port": null, "database": null, "query": {"arg1": "param1", "arg2": "param2"}}'),
(38, 'dialect://user:pass@host/db?arg1%3D=param1&arg2=param+2', 'dialect://user:pass@host/db?arg1%3D=param1&arg2=param+2',
 '{"drivername": "dialect", "username": "user", "password": "pass", "host": "host", "port": null, "database": "db", "query": {"arg1=": "param1", "arg2": "param 2"}}'),
(39, 'drivername://?foo=bar&foo=bat', 'drivername://?foo=bar&foo=bat',
 '{"drivername": "drivername", "username": null, "password": null, "host": null, "port": null, "database": null, "query": {"foo": ["bar", "bat"]}}'),
(40, 'somedriver://user:secret@10.20.30.40:1234/DB?key=value', 'somedriver://user:secret@10.20.30.40:1234/DB?key=value',
 '{"drivername": "somedriver", "username": "user", "password": "secret", "host": "10.20.30.40", "port": 1234, "database": "DB", "query": {"key": "value"}}'),
(41, 'somedriver://user@hostname:52', 'somedriver://user@hostname:52',
 '{"drivername": "somedriver", "username": "user", "password": null, "host": "hostname", "port": 52, "database": null, "query": {}}'),
(42, 'notarealurl', NULL, NULL),
(43, 'postgresql:///main', 'postgresql:///main',
 '{"drivername": "postgresql", "username": null, "password": null, "host": null, "port": null, "database": "main", "query": {}}'),
(44, 'sqlite:////path/to/meta.db', 'sqlite:////path/to/meta.db',
 '{"drivername": "sqlite", "username": null, "password": null, "host": null, "port": null, "database": "/path/to/meta.db", "query": {}}'),
(45, 'mysql://localhost/users', 'mysql://localhost/users',
 '{"drivername": "mysql", "username": null, "password": null, "host": "localhost", "port": null, "database": "users", "query": {}}'),
(46, 'sqlite://', 'sqlite://',
 '{"drivername": "sqlite", "username": null, "password": null, "host": null, "port": null, "database": null, "query": {}}'),
(47, 'sqlite:///', 'sqlite:///',
 '{"drivername": "sqlite", "username": null, "password": null, "host": null, "port": null, "database": "", "query": {}}'),
(48, 'sqlite:///:memory:', 'sqlite:///%3Amemory%3A',
 '{"drivername": "sqlite", "username": null, "password": null, "host": null, "port": null, "database": ":memory:", "query": {}}'),
(49, 'sqlite:///foo.db', 'sqlite:///foo.db',
 '{"drivername": "sqlite", "username": null, "password": null, "host": null, "port": null, "database": "foo.db", "query": {}}'),
(50, 'sqlite:////abs/path/to/foo.db', 'sqlite:////abs/path/to/foo.db',
 '{"drivername": "sqlite", "username": null, "password": null, "host": null, "port": null, "database": "/abs/path/to/foo.db", "query": {}}'),
(51, 'sqlite:///file:path/to/database?check_same_thread=true&timeout=10&mode=ro&nolock=1&uri=true', 'sqlite:///file%3Apath/to/database?check_same_thread=true&mode=ro&nolock=1&timeout=10&uri=true',
 '{"drivername": "sqlite", "username": null, "password": null, "host": null, "port": null, "database": "file:path/to/database", "query": {"check_same_thread": "true", "timeout": "10", "mode": "ro", "nolock": "1", "uri": "true"}}'),
(52, 'sqlite:///file::memory:?cache=shared&uri=true', 'sqlite:///file%3A%3Amemory%3A?cache=shared&uri=true',
 '{"drivername": "sqlite", "username": null, "password": null, "host": null, "port": null, "database": "file::memory:", "query": {"cache": "shared", "uri": "true"}}'),
(53, 'sqlite:///C:\path\to\foo.db', 'sqlite:///C%3A%5Cpath%5Cto%5Cfoo.db',
 '{"drivername": "sqlite", "username": null, "password": null, "host": null, "port": null, "database": "C:\\path\\to\\foo.db", "query": {}}'),
(54, 'sqlite://foo.db', 'sqlite://foo.db',
 '{"drivername": "sqlite", "username": null, "password": null, "host": "foo.db", "port": null, "database": null, "query": {}}'),
(55, 'sqlite://host/foo.db', 'sqlite://host/foo.db',
 '{"drivername": "sqlite", "username": null, "password": null, "host": "host", "port": null, "database": "foo.db", "query": {}}'),
(56, 'sqlite:///a%20b.db', 'sqlite:///a b.db',
 '{"drivername": "sqlite", "username": null, "password": null, "host": null, "port": null, "database": "a b.db", "query": {}}'),
(57, 'sqlite:///a#b.db', 'sqlite:///a%23b.db',
 '{"drivername": "sqlite", "username": null, "password": null, "host": null, "port": null, "database": "a#b.db", "query": {}}'),
(58, 'sqlite:///a;b.db', 'sqlite:///a%3Bb.db',
 '{"drivername": "sqlite", "username": null, "password": null, "host": null, "port": null, "database": "a;b.db", "query": {}}'),
(59, 'postgresql+psycopg2://USER:PASS@/DB?host=hostA:111&host=hostB:222&host=hostC:333', 'postgresql+psycopg2://USER:PASS@/DB?host=hostA%3A111&host=hostB%3A222&host=hostC%3A333',
 '{"drivername": "postgresql+psycopg2", "username": "USER", "password": "PASS", "host": null, "port": null, "database": "DB", "query": {"host": ["hostA:111", "hostB:222", "hostC:333"]}}'),
(60, 'postgresql+psycopg2://USER:PASS@/DB?host=hostA,hostB,hostC&port=111,222,333', 'postgresql+psycopg2://USER:PASS@/DB?host=hostA%2ChostB%2ChostC&port=111%2C222%2C333',
 '{"drivername": "postgresql+psycopg2", "username": "USER", "password": "PASS", "host": null, "port": null, "database": "DB", "query": {"host": "hostA,hostB,hostC", "port": "111,222,333"}}'),
(61, 'postgresql+psycopg2://user:password@/dbname?host=/var/lib/postgresql', 'postgresql+psycopg2://user:password@/dbname?host=%2Fvar%2Flib%2Fpostgresql',
 '{"drivername": "postgresql+psycopg2", "username": "user", "password": "password", "host": null, "port": null, "database": "dbname", "query": {"host": "/var/lib/postgresql"}}'),
(62, 'postgresql+psycopg2://scott:tiger@192.168.0.199:5432/test?sslmode=require', 'postgresql+psycopg2://scott:tiger@192.168.0.199:5432/test?sslmode=require',
 '{"drivername": "postgresql+psycopg2", "username": "scott", "password": "tiger", "host": "192.168.0.199", "port": 5432, "database": "test", "query": {"sslmode": "require"}}'),
(63, 'mysql+mysqldb://root@/db?unix_socket=/cloudsql/p:i', 'mysql+mysqldb://root@/db?unix_socket=%2Fcloudsql%2Fp%3Ai',
 '{"drivername": "mysql+mysqldb", "username": "root", "password": null, "host": null, "port": null, "database": "db", "query": {"unix_socket": "/cloudsql/p:i"}}'),
(64, 'mysql+pymysql://scott:tiger@192.168.0.134/test?ssl_ca=/h/ca.pem&ssl_cert=/h/c.pem&ssl_key=/h/k.pem&ssl_check_hostname=false', 'mysql+pymysql://scott:tiger@192.168.0.134/test?ssl_ca=%2Fh%2Fca.pem&ssl_cert=%2Fh%2Fc.pem&ssl_check_hostname=false&ssl_key=%2Fh%2Fk.pem',
 '{"drivername": "mysql+pymysql", "username": "scott", "password": "tiger", "host": "192.168.0.134", "port": null, "database": "test", "query": {"ssl_ca": "/h/ca.pem", "ssl_cert": "/h/c.pem", "ssl_key": "/h/k.pem", "ssl_check_hostname": "false"}}'),
(65, 'mysql+pymysql://u:p@host/db?charset=utf8mb4&connect_timeout=10&local_infile=1', 'mysql+pymysql://u:p@host/db?charset=utf8mb4&connect_timeout=10&local_infile=1',
 '{"drivername": "mysql+pymysql", "username": "u", "password": "p", "host": "host", "port": null, "database": "db", "query": {"charset": "utf8mb4", "connect_timeout": "10", "local_infile": "1"}}'),
(66, 'mariadb://u@h:3307/db', 'mariadb://u@h:3307/db',
 '{"drivername": "mariadb", "username": "u", "password": null, "host": "h", "port": 3307, "database": "db", "query": {}}'),
(67, 'dbtype://host:/db', NULL, NULL),
(68, 'dbtype://host:abc/db', NULL, NULL),
(69, 'dbtype://a:b:c', NULL, NULL),
(70, 'dbtype://host:-1/db', NULL, NULL),
(71, 'dbtype://host:99999/db', NULL, NULL),
(72, 'dbtype://host: 80 /db', NULL, NULL),
(73, 'dbtype://host:1_000/db', NULL, NULL),
(74, 'a-b://host/db', NULL, NULL),
(75, 'a.b://host/db', NULL, NULL),
(76, '://host/db', NULL, NULL),
(77, 'dbtype:/host/db', NULL, NULL),
(78, 'dbtype:host', NULL, NULL),
(79, 'postgres://u@h/d', 'postgres://u@h/d',
 '{"drivername": "postgres", "username": "u", "password": null, "host": "h", "port": null, "database": "d", "query": {}}'),
(80, 'MySQL://u@h/d', NULL, NULL),
(81, ' dbtype://h/d', NULL, NULL),
(82, 'dbtype://user:p@ss@host/db', NULL, NULL),
(83, 'dbtype://user:pa/ss@host/db', 'dbtype://user:pa%2Fss@host/db',
 '{"drivername": "dbtype", "username": "user", "password": "pa/ss", "host": "host", "port": null, "database": "db", "query": {}}'),
(84, 'dbtype://user:pa:ss@host/db', 'dbtype://user:pa%3Ass@host/db',
 '{"drivername": "dbtype", "username": "user", "password": "pa:ss", "host": "host", "port": null, "database": "db", "query": {}}'),
(85, 'dbtype://us/er:pass@host/db', 'dbtype://us/er%3Apass%40host/db',
 '{"drivername": "dbtype", "username": null, "password": null, "host": "us", "port": null, "database": "er:pass@host/db", "query": {}}'),
(86, 'dbtype://user:pass@host/d?b=?x&y', 'dbtype://user:pass@host/d?b=%3Fx',
 '{"drivername": "dbtype", "username": "user", "password": "pass", "host": "host", "port": null, "database": "d", "query": {"b": "?x"}}'),
(87, 'dbtype://h/d?a=', 'dbtype://h/d',
 '{"drivername": "dbtype", "username": null, "password": null, "host": "h", "port": null, "database": "d", "query": {}}'),
(88, 'dbtype://h/d?a', 'dbtype://h/d',
 '{"drivername": "dbtype", "username": null, "password": null, "host": "h", "port": null, "database": "d", "query": {}}'),
(89, 'dbtype://h/d?a=1;b=2', 'dbtype://h/d?a=1%3Bb%3D2',
 '{"drivername": "dbtype", "username": null, "password": null, "host": "h", "port": null, "database": "d", "query": {"a": "1;b=2"}}'),
(90, 'dbtype://h/d?', 'dbtype://h/d',
 '{"drivername": "dbtype", "username": null, "password": null, "host": "h", "port": null, "database": "d", "query": {}}'),
(91, 'dbtype://h/d?A=1&a=2', 'dbtype://h/d?A=1&a=2',
 '{"drivername": "dbtype", "username": null, "password": null, "host": "h", "port": null, "database": "d", "query": {"A": "1", "a": "2"}}'),
(92, 'dbtype://h/d?a=%zz', 'dbtype://h/d?a=%25zz',
 '{"drivername": "dbtype", "username": null, "password": null, "host": "h", "port": null, "database": "d", "query": {"a": "%zz"}}'),
(93, 'dbtype://h/d%zz', 'dbtype://h/d%25zz',
 '{"drivername": "dbtype", "username": null, "password": null, "host": "h", "port": null, "database": "d%zz", "query": {}}'),
(94, 'dbtype://us%zzer@h/d', 'dbtype://us%25zzer@h/d',
 '{"drivername": "dbtype", "username": "us%zzer", "password": null, "host": "h", "port": null, "database": "d", "query": {}}'),
(95, 'dbtype://h/d#frag', 'dbtype://h/d%23frag',
 '{"drivername": "dbtype", "username": null, "password": null, "host": "h", "port": null, "database": "d#frag", "query": {}}'),
(96, 'dbtype://@h/d', 'dbtype://@h/d',
 '{"drivername": "dbtype", "username": "", "password": null, "host": "h", "port": null, "database": "d", "query": {}}'),
(97, 'dbtype://:pw@h/d', 'dbtype://:pw@h/d',
 '{"drivername": "dbtype", "username": "", "password": "pw", "host": "h", "port": null, "database": "d", "query": {}}'),
(98, 'dbtype://[::1]/d', 'dbtype://[::1]/d',
 '{"drivername": "dbtype", "username": null, "password": null, "host": "::1", "port": null, "database": "d", "query": {}}'),
(99, 'dbtype://[::1]:5432', 'dbtype://[::1]:5432',
 '{"drivername": "dbtype", "username": null, "password": null, "host": "::1", "port": 5432, "database": null, "query": {}}'),
(100, 'dbtype://[::1', NULL, NULL),
(101, 'dbtype://::1/d', NULL, NULL),
(102, 'dbtype://[fe80::1%25eth0]/d', 'dbtype://[fe80::1%25eth0]/d',
 '{"drivername": "dbtype", "username": null, "password": null, "host": "fe80::1%25eth0", "port": null, "database": "d", "query": {}}'),
(103, 'dbtype://ho%2Fst/d', 'dbtype://ho%2Fst/d',
 '{"drivername": "dbtype", "username": null, "password": null, "host": "ho%2Fst", "port": null, "database": "d", "query": {}}'),
(104, 'dbtype://u:p@%2Fvar%2Frun%2Fpg/d', 'dbtype://u:p@%2Fvar%2Frun%2Fpg/d',
 '{"drivername": "dbtype", "username": "u", "password": "p", "host": "%2Fvar%2Frun%2Fpg", "port": null, "database": "d", "query": {}}'),
(105, 'dbtype://+plus@h/d', 'dbtype://+plus@h/d',
 '{"drivername": "dbtype", "username": "+plus", "password": null, "host": "h", "port": null, "database": "d", "query": {}}'),
(106, 'dbtype://u:%00@h/d', NULL, NULL),
(107, 'dbtype://h/%F0%9F%90%8D', 'dbtype://h/%F0%9F%90%8D',
 '{"drivername": "dbtype", "username": null, "password": null, "host": "h", "port": null, "database": "🐍", "query": {}}'),
(108, 'dbtype://h/%FF', NULL, NULL),
(109, 'postgresql+asyncpg://u@h/d', 'postgresql+asyncpg://u@h/d',
 '{"drivername": "postgresql+asyncpg", "username": "u", "password": null, "host": "h", "port": null, "database": "d", "query": {}}'),
(110, 'sqlite+pysqlite:///x.db', 'sqlite+pysqlite:///x.db',
 '{"drivername": "sqlite+pysqlite", "username": null, "password": null, "host": null, "port": null, "database": "x.db", "query": {}}'),
(111, 'sqlite+pysqlcipher://:pass@/x.db?kdf_iter=64000', 'sqlite+pysqlcipher://:pass@/x.db?kdf_iter=64000',
 '{"drivername": "sqlite+pysqlcipher", "username": "", "password": "pass", "host": null, "port": null, "database": "x.db", "query": {"kdf_iter": "64000"}}'),
(112, 'foo+bar+baz://h', 'foo+bar+baz://h',
 '{"drivername": "foo+bar+baz", "username": null, "password": null, "host": "h", "port": null, "database": null, "query": {}}'),
(113, '1dialect://h', '1dialect://h',
 '{"drivername": "1dialect", "username": null, "password": null, "host": "h", "port": null, "database": null, "query": {}}'),
(114, '+://h', NULL, NULL);

-- NULL where the URL is refused, for which the errors follow further down.
CREATE FUNCTION parse(url text) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
	RETURN binds.parse_url(url);
EXCEPTION WHEN invalid_parameter_value THEN
	RETURN NULL;
END $$;
CREATE FUNCTION masked(parts jsonb) RETURNS jsonb LANGUAGE sql AS $$
	SELECT CASE WHEN parts->'password' = 'null' THEN parts
		ELSE parts || '{"password": "***"}' END $$;

-- Every URL is parsed as listed: no row.
SELECT n, url, parse(url) - 'url' AS is, masked(parts) AS should_be FROM url_case
WHERE parse(url) - 'url' IS DISTINCT FROM masked(parts) ORDER BY n;

-- What is shown has the password masked: no row.
SELECT n, parse(url)->>'url' AS is, rendered FROM url_case
WHERE parse(url)->>'url' IS DISTINCT FROM
	CASE WHEN parts->'password' <> 'null' THEN
		regexp_replace(rendered, '^([^:]*://[^:]*:)[^@]*@', '\1***@') ELSE rendered END
ORDER BY n;

-- A URL that is shown is read again as the same: no row.
SELECT n, url FROM url_case
WHERE parts IS NOT NULL AND parse(parse(url)->>'url') IS DISTINCT FROM parse(url);
SELECT count(*), count(parts) FROM url_case;

-- Users and passwords reach the user mapping as they are: no row.  (The query part
-- is cut off: its names are checked against those of a dialect.)
CREATE FUNCTION credentials(n int, url text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
	key text := 'c' || n;
	result text[];
BEGIN
	PERFORM binds.add(key, 'mysql://' || regexp_replace(url, '^[^:]*://|\?.*', '', 'g'));
	SELECT umoptions INTO result FROM pg_user_mappings WHERE srvname = key;
	RETURN result;
END $$;
SELECT n, url, credentials(n, url) AS is FROM url_case
WHERE (parts->>'username' <> '' OR parts->>'password' IS NOT NULL) AND
	credentials(n + 1000, url) IS DISTINCT FROM
	CASE WHEN parts->>'username' <> '' THEN ARRAY['user=' || (parts->>'username')]
		ELSE ARRAY[]::text[] END ||
	CASE WHEN parts->>'password' IS NOT NULL THEN ARRAY['password=' || (parts->>'password')]
		ELSE ARRAY[]::text[] END
ORDER BY n;
-- ... and none is in the server's options.
SELECT count(*), count(parse(option_value)->>'username') FROM pg_foreign_server,
	pg_options_to_table(srvoptions) WHERE option_name = 'url';

-- What is refused says which part is wrong, and repeats nothing of the URL.
DO $$
DECLARE
	c record;
	message text;
	detail text;
BEGIN
	FOR c IN SELECT n, url FROM url_case WHERE parts IS NULL ORDER BY n LOOP
		BEGIN
			PERFORM binds.parse_url(c.url);
			RAISE EXCEPTION 'case % was taken', c.n;
		EXCEPTION WHEN invalid_parameter_value THEN
			GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
			RAISE INFO USING MESSAGE = format('%s %s: %s: %s', c.n, c.url, message, detail);
		END;
	END LOOP;
END $$;

-- More accidents: bytes that are no UTF-8, text after the host, a line break, port 0.
SELECT binds.parse_url('mysql://u:%C3@h/d');
SELECT binds.parse_url('mysql://u:p@[::1]x/d');
SELECT binds.parse_url(E'mysql://h/d?a=1\nb=2');
SELECT binds.parse_url('mysql://h:0/d');
SELECT binds.parse_url('');
-- A value of the query part that is a password is masked too.
SELECT binds.parse_url('mysql://h/d?ssl_key_password=secret&a=1')->>'url';
-- A user name with a slash makes the rest a database, which would show the password.
SELECT binds.add('slash', 'mysql://us/er:pass@host/db');
SELECT binds.parse_url(NULL) IS NULL;
