# Files whose sqlite_schema somebody has edited: definitions that are wrong, missing, twice
# there, or no text; views in circles, endless ones, triggers that call what they must not.
#
# Whatever is done with such a bind is done, or is an error that names the bind or its
# table; no session is lost, a cancel is obeyed, and the session goes on.
#
# BINDS_TEST_SEED=n runs one file; BINDS_TEST_LONG=1 many.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use HostileSchema;

my $limit = 4000;		# ms, of a statement whose timeout is 1000
my $node = PostgreSQL::Test::Cluster->new('main');

$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION binds');

my @seeds = $ENV{BINDS_TEST_SEED} ? ($ENV{BINDS_TEST_SEED}) : (1 .. ($ENV{BINDS_TEST_LONG} ? 600 : 8));

for my $seed (@seeds)
{
	my $file = $node->basedir . "/h$seed.db";
	my @faults;

	HostileSchema::make($seed, $file);
	my ($code, $out, $messages) = $node->psql('postgres',
		"SET client_min_messages = error;\nSET statement_timeout = '1s';\n\\timing on\n"
		  . HostileSchema::statements('hostile', "sqlite:///$file"),
		on_error_stop => 0);

	push @faults, 'the session was lost' if $out !~ /^on we go$/m;
	push @faults, map { "a statement took $_ ms" } grep { $_ > $limit } $out =~ /^Time: ([\d.]+) ms/mg;
	for my $message (split /^(?=psql:\S+ (?:ERROR|FATAL|PANIC|WARNING):)/m, $messages)
	{
		push @faults, $message
		  if $message =~ /^psql:\S+ (ERROR|FATAL|PANIC):/ && $message !~ /hostile|foreign table "|of relation "|statement timeout/;
	}
	is(join("\n", @faults), '', "file $seed");
	unlink glob "$file*";
}

unlike(slurp_file($node->logfile), qr/terminated by signal|PANIC|TRAP/, 'no process crashed');

$node->stop;
done_testing();
