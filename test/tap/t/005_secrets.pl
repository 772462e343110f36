# A password is seen by nobody but the user mapping: not in the server's log, not in
# recorded statements, not in messages.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use MySQLServer;

my $server = MySQLServer->new;
my $url = $server->url('users');
my $secret = 'hu5hhu5h';
my $node = PostgreSQL::Test::Cluster->new('main');
my @errors;

# PostgreSQL::Test asks for log_statement = all, which shows what the user types
$node->init;
$node->append_conf('postgresql.conf', q{
log_statement = none
log_min_messages = debug1
log_min_error_statement = debug1
log_error_verbosity = verbose
});
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION binds');

# Run what must fail, and keep the message.
sub fails
{
	my ($sql, $what) = @_;
	my ($rc, $out, $err) = $node->psql('postgres', $sql);

	isnt($rc, 0, $what);
	# within the message the statement that psql was given is not repeated
	push @errors, $err;
}

(my $with_secret = $url) =~ s/:secret@/:$secret@/;
fails("SELECT binds.add('auth', '$with_secret?nonsense=1')", 'unknown argument');
fails("SELECT binds.add('auth', '$with_secret', '{\"pool_size\": 1}')", 'unknown option');
fails("SELECT binds.add('auth', 'mysql://app:$secret\@h:port/d')", 'no port');
fails("SELECT binds.add('auth', 'mysql://app:$secret\@with\@h/d')", 'an unescaped @');
fails("SELECT binds.add('auth', 'mysql://app:$secret%FF\@h/d')", 'no UTF-8');
fails("SELECT binds.add('auth', 'oracle://app:$secret\@h/d')", 'no dialect');
fails("SELECT binds.configure('{\"auth\": {\"url\": \"$with_secret\", \"ecko\": 1}}')", 'configure');
fails("CREATE SERVER auth FOREIGN DATA WRAPPER binds_mysql OPTIONS (url '$with_secret')", 'CREATE SERVER');
fails("CREATE SERVER auth FOREIGN DATA WRAPPER binds_mysql OPTIONS (url 'mysql://h/d', connect_args '{\"password\": \"$secret\"}')", 'connect_args');
fails("DO \$\$ BEGIN PERFORM binds.add('auth', 'sqlite://app:$secret\@/x.db'); END \$\$", 'inside of a block');

$node->safe_psql('postgres', "SELECT binds.add('auth', '$with_secret')");
fails("SELECT binds.add('auth', '$with_secret')", 'key in use');
fails("CREATE USER MAPPING FOR PUBLIC SERVER auth OPTIONS (password '$secret', bogus 'x')", 'user mapping');
$node->safe_psql('postgres',
	'CREATE FOREIGN TABLE t (id int) SERVER auth');
fails('SELECT * FROM t', 'a wrong password');

my $log = slurp_file($node->logfile);
ok($log !~ /$secret/, 'the log holds no password');
ok((grep { /Access denied|could not connect/ } @errors) > 0, 'the server refuses the password');
ok(!grep({ my $e = $_; $e =~ s/^(LINE \d+:|CONTEXT:  SQL statement|SQL statement).*$//mg; $e =~ /$secret/ } @errors),
	'no message holds a password');

# Who may look at other roles' binds sees no password.
$node->safe_psql('postgres', 'CREATE ROLE other LOGIN');
my $seen = $node->safe_psql('postgres', q{SET ROLE other;
	SELECT * FROM binds.engines; SELECT * FROM pg_foreign_server;
	SELECT * FROM pg_user_mappings; EXPLAIN (VERBOSE) SELECT 1});
ok($seen !~ /$secret/, 'no view shows a password');
$seen = $node->safe_psql('postgres', 'SELECT * FROM binds.engines; SELECT * FROM pg_foreign_server');
like($seen, qr/app:\*\*\*@/, 'the owner sees it masked');
ok($seen !~ /$secret/, 'and not in the server');

done_testing();
