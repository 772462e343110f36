# MySQLServer.pm - a throw-away MariaDB or MySQL server of a TAP test.
#
#	my $server = MySQLServer->new;		started, database users, user app/secret
#	$server->url('users')			mysql://app:secret@127.0.0.1:PORT/users
#	$server->sql('SELECT 1')		as root; tab-separated
#	$server->stop, ->kill9, ->start		data stay
#	$server->freeze, ->thaw			it stands still, and goes on
#
# Copyright (c) 2026, the binds developers

package MySQLServer;

use strict;
use warnings;
use File::Temp ();
use IO::Socket::INET;
use POSIX ();
use PostgreSQL::Test::Utils ();
use Time::HiRes qw(sleep);

my @servers;

sub new
{
	my ($class, @options) = @_;
	my $dir = File::Temp::tempdir('myXXXXXX', TMPDIR => 1, CLEANUP => 1);
	my $listen = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1')
	  or die "no port: $!";
	my $self = bless {
		dir => $dir,
		port => $listen->sockport,
		socket => "$dir/s",
		mariadb => _have('mariadbd'),
		options => [@options]
	}, $class;

	close $listen;
	mkdir "$dir/data" if $self->{mariadb};
	# a server that starts removes temporary tables, of other servers as well
	mkdir "$dir/tmp";
	local $ENV{TMPDIR} = "$dir/tmp";
	my $log = "> $dir/init.log 2>&1";
	if ($self->{mariadb})
	{
		system("mariadb-install-db --no-defaults --datadir=$dir/data --skip-test-db "
			  . "--auth-root-authentication-method=normal $log") == 0
		  or die "mariadb-install-db failed: " . `tail -5 $dir/init.log`;
	}
	else
	{
		system("mysqld --no-defaults --initialize-insecure --datadir=$dir/data $log") == 0
		  or die "mysqld --initialize-insecure failed";
	}
	push @servers, $self;
	$self->start;
	$self->sql(q{CREATE DATABASE users; CREATE USER app@'127.0.0.1' IDENTIFIED BY 'secret';
		CREATE USER app@localhost IDENTIFIED BY 'secret';
		GRANT ALL ON *.* TO app@'127.0.0.1', app@localhost});
	return $self;
}

sub _have
{
	my ($program) = @_;
	return system("command -v $program >/dev/null 2>&1") == 0;
}

sub start
{
	my ($self) = @_;
	my $dir = $self->{dir};
	my @command = $self->{mariadb} ? qw(mariadbd --no-defaults)
	  : qw(mysqld --no-defaults --mysqlx=OFF);
	my $pid = fork;

	die "fork: $!" unless defined $pid;
	if ($pid == 0)
	{
		POSIX::setsid();
		open STDIN, '<', '/dev/null';
		open STDOUT, '>>', "$dir/server.log";
		open STDERR, '>&', \*STDOUT;
		$ENV{TMPDIR} = "$dir/tmp";
		# it ends with the test, however that ends
		exec qw(setpriv --pdeathsig TERM), @command, "--datadir=$dir/data", "--socket=$self->{socket}",
		  "--port=$self->{port}", '--bind-address=127.0.0.1',
		  "--pid-file=$dir/pid", '--character-set-server=utf8mb4',
		  '--max-allowed-packet=64M', '--innodb-flush-log-at-trx-commit=0',
		  '--skip-log-bin', '--skip-name-resolve', @{ $self->{options} }
		  or POSIX::_exit(1);
	}
	$self->{pid} = $pid;
	for (1 .. 600)
	{
		return if system($self->_client . " -e 'SELECT 1' >/dev/null 2>&1") == 0;
		last if waitpid($pid, POSIX::WNOHANG()) == $pid;
		sleep 0.1;
	}
	die "the server did not start, see $dir/server.log";
}

sub _client
{
	my ($self) = @_;
	return ($self->{mariadb} ? 'mariadb' : 'mysql')
	  . " --no-defaults --default-character-set=utf8mb4 -uroot -S $self->{socket} -NB";
}

sub sql
{
	my ($self, $sql, $database) = @_;
	my $file = "$self->{dir}/in.$$.sql";	# several processes may ask

	open my $fh, '>:encoding(UTF-8)', $file or die $!;
	print $fh $sql;
	close $fh;
	my $command = $self->_client . ($database ? " $database" : '') . " < $file 2>&1";
	my $out = `$command`;
	die "failed: $sql: $out" if $? != 0;
	chomp $out;
	return $out;
}

sub url
{
	my ($self, $database) = @_;
	return "mysql://app:secret\@127.0.0.1:$self->{port}/$database";
}

sub stop { $_[0]->_end('TERM'); return; }
sub kill9 { $_[0]->_end('KILL'); return; }

# When it has returned each of its threads stands still, which on a busy machine takes a while.
sub freeze
{
	my ($self) = @_;

	kill 'STOP', $self->{pid};
	for (1 .. 600)
	{
		return unless grep { !/^\d+ \(.*\) [Tt] /s } map { PostgreSQL::Test::Utils::slurp_file($_) }
		  glob "/proc/$self->{pid}/task/*/stat";
		sleep 0.05;
	}
	die 'the server does not stand still';
}

sub thaw { kill 'CONT', $_[0]->{pid}; return; }

# By its pid, and waited for.
sub _end
{
	my ($self, $signal) = @_;
	return unless $self->{pid};
	kill $signal, $self->{pid};
	waitpid $self->{pid}, 0;
	delete $self->{pid};
	return;
}

END
{
	my $code = $?;
	$_->_end('TERM') foreach @servers;
	$? = $code;
}

1;
