# A host with two addresses, of which the first refuses and the second says nothing, or does
# not even let us in: to wait for it can be canceled, and has an end; and a server at the
# second one is reached, also if the first one swallows what it is sent, or lets us in and
# hangs up.  But what a server at the first one answers is the answer.  Where TLS is verified
# its certificate must have the name of the host; the address does not do.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use POSIX ();
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes 'time';
use MySQLServer;

# A CA, and keys with certificates for a name (localhost) and for an address.
my $dir = PostgreSQL::Test::Utils::tempdir;

sub run_openssl
{
	my ($arguments) = @_;
	system("cd $dir && openssl $arguments >openssl.log 2>&1") == 0 or die "openssl $arguments";
	return;
}

run_openssl(q{req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ca -keyout ca.key -out ca.pem});
foreach ([ 'name', 'DNS:localhost' ], [ 'address', 'IP:127.0.0.1' ])
{
	my ($file, $subject) = @$_;
	run_openssl("req -newkey rsa:2048 -nodes -subj /CN=$file -keyout $file.key -out $file.csr");
	append_to_file("$dir/$file.ext", "subjectAltName=$subject\n");
	run_openssl("x509 -req -days 2 -in $file.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile $file.ext -out $file.pem");
}

# What "localhost" is differs from machine to machine; the backends of this test take it
# for two addresses.
#
# To verify a name at one of them, libmysqlclient is first connected to a port of the
# backend's own.  "leak" says that a child would inherit that one; while there is a file
# "stall" the connection goes to the port in there instead, while there is "nodup" no
# descriptor takes the place of another.
append_to_file("$dir/two.c", <<'END');
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef int (*Lookup) (const char *, const char *, const struct addrinfo *,
					   struct addrinfo **);

int
getaddrinfo(const char *host, const char *port, const struct addrinfo *hints,
			struct addrinfo **all)
{
	Lookup		lookup = (Lookup) dlsym(RTLD_NEXT, "getaddrinfo");
	int			failure;

	if (host == NULL || strcmp(host, "localhost") != 0)
		return lookup(host, port, hints, all);
	failure = lookup("127.0.0.9", port, hints, all);
	while (failure == 0 && *all != NULL)
		all = &(*all)->ai_next;
	return failure != 0 ? failure : lookup("127.0.0.1", port, hints, all);
}

static in_port_t own;

int
listen(int fd, int backlog)
{
	int			(*real) (int, int) = (int (*) (int, int)) dlsym(RTLD_NEXT, "listen");
	struct sockaddr_in address;
	socklen_t	length = sizeof(address);

	if (backlog == 1 && getsockname(fd, (struct sockaddr *) &address, &length) == 0)
	{
		own = address.sin_port;
		if (!(fcntl(fd, F_GETFD) & FD_CLOEXEC))
			close(creat(DIR "/leak", 0666));
	}
	return real(fd, backlog);
}

int
connect(int fd, const struct sockaddr *address, socklen_t length)
{
	int			(*real) (int, const struct sockaddr *, socklen_t) =
		(int (*) (int, const struct sockaddr *, socklen_t)) dlsym(RTLD_NEXT, "connect");
	struct sockaddr_in other;
	FILE	   *stall;
	int			port;

	if (own == 0 || address->sa_family != AF_INET ||
		((const struct sockaddr_in *) address)->sin_port != own ||
		(stall = fopen(DIR "/stall", "r")) == NULL)
		return real(fd, address, length);
	memcpy(&other, address, sizeof(other));
	if (fscanf(stall, "%d", &port) == 1)
		other.sin_port = htons(port);
	fclose(stall);
	return real(fd, (struct sockaddr *) &other, sizeof(other));
}

int
dup2(int from, int to)
{
	int			(*real) (int, int) = (int (*) (int, int)) dlsym(RTLD_NEXT, "dup2");

	if (access(DIR "/nodup", F_OK) != 0)
		return real(from, to);
	errno = EMFILE;
	return -1;
}
END
system("cc -shared -fPIC -DDIR='\"$dir\"' -o $dir/two.so $dir/two.c -ldl") == 0 or die 'cc';

sub start_server
{
	my ($file) = @_;
	return MySQLServer->new("--ssl-ca=$dir/ca.pem", "--ssl-cert=$dir/$file.pem", "--ssl-key=$dir/$file.key");
}

my $server = start_server('name');
my $other = start_server('address');
my $silent = IO::Socket::INET->new(Listen => 5, LocalAddr => '127.0.0.1') or die "no port: $!";
my @waiting;

# a socket whose queue is full, so that it drops what arrives
sub listen_full
{
	my ($address, $port) = @_;
	my $socket = IO::Socket::INET->new(Listen => 1, LocalAddr => $address, LocalPort => $port, ReuseAddr => 1) or die "no port: $!";
	push @waiting, map { IO::Socket::INET->new(PeerAddr => $address, PeerPort => $socket->sockport, Blocking => 0) } 1 .. 4;
	return $socket;
}

my $full = listen_full('127.0.0.1', 0);
my $node = PostgreSQL::Test::Cluster->new('main');

$node->init;
{
	local $ENV{LD_PRELOAD} = "$dir/two.so";
	$node->start;
}
$node->safe_psql('postgres', q{CREATE EXTENSION binds});

# a bind of a server by the name of its host
sub add
{
	my ($bind, $port, $arguments) = @_;
	$node->safe_psql('postgres', "SELECT binds.add('$bind', 'mysql://app:secret\@localhost:$port/users?connect_timeout=3$arguments')");
	return;
}

my $verified = "&ssl_mode=verify_identity&ssl_ca=$dir/ca.pem";
add('silent', $silent->sockport, '');
add('silent_verified', $silent->sockport, $verified);
add('full', $full->sockport, '');
add('full_verified', $full->sockport, $verified);
add('b', $server->{port}, '');
add('b_required', $server->{port}, '&ssl_mode=required');
add('b_verified', $server->{port}, $verified);
add('nobody', PostgreSQL::Test::Cluster::get_free_port(), '');
add('other', $other->{port}, '&ssl_mode=required');
add('other_verified', $other->{port}, $verified);

# its error, and the seconds it takes
sub ask
{
	my ($bind, $before) = @_;
	my $err;
	my $start = time;

	$node->psql('postgres', "\\set VERBOSITY verbose\n$before SELECT binds.query('$bind', 'SELECT 1')", stderr => \$err);
	return ($err, time - $start);
}

foreach my $bind ('silent', 'silent_verified', 'full', 'full_verified')
{
	my ($err, $took) = ask($bind, "SET statement_timeout = '500ms';");
	like($err, qr/ERROR:  57014: /, "$bind: it is canceled");
	cmp_ok($took, '<', 2.5, "$bind: at once");
	($err, $took) = ask($bind, '');
	like($err, qr/ERROR:  08001: /, "$bind: it has an end");
	cmp_ok($took, '<', 8, "$bind: after connect_timeout");
}
foreach my $bind ('b', 'b_verified', 'other')
{
	is($node->safe_psql('postgres', "SELECT binds.query('$bind', 'SELECT 1 AS a') ->> 'a'"), 1, "$bind: a server that answers is reached");
}
my @failed = grep { $_ ne '' } map { (ask('b_verified', ''))[0] } 1 .. 10;
is("@failed", '', 'so it is again and again');
my ($err) = ask('nobody', '');
like($err, qr/ERROR:  08001: .*DETAIL:  [^\n]*(?:localhost|127\.0\.0\.1)/s, 'a host that refuses at all of them');
($err) = ask('other_verified', '');
like($err, qr/ERROR:  08001: .*DETAIL:  .*(certificate|SSL)/s, 'a certificate without the name of the host is refused');

# The socket of its own is waited for like one of a server, and what fails there is no
# time-out.
append_to_file("$dir/stall", $full->sockport);
($err, my $took) = ask('silent_verified', "SET statement_timeout = '500ms';");
like($err, qr/ERROR:  57014: /, 'before that is connected a statement is canceled, too');
cmp_ok($took, '<', 2.5, 'at once');
($err, $took) = ask('silent_verified', '');
like($err, qr/ERROR:  08001: /, 'and has an end');
cmp_ok($took, '<', 8, 'after connect_timeout');
unlink "$dir/stall";
append_to_file("$dir/nodup", '');
($err, $took) = ask('b_verified', '');
like($err, qr/^$|DETAIL:  .*\(24\)/, 'that no descriptor is to be had is the error then');
cmp_ok($took, '<', 2, 'at once');
unlink "$dir/nodup";
ok(!-e "$dir/leak", 'children do not inherit the socket of its own');

# Who listens at the first address.  It does what the file "first" says: the bytes that it
# says before it hangs up, or the port of a server that it stands before.
sub answer_first
{
	my ($client) = @_;
	my $says = slurp_file("$dir/first");

	setsockopt $client, SOL_SOCKET, SO_LINGER, pack('ii', 1, 0) if $says eq 'reset';
	return if $says eq 'reset';
	if ($says !~ /^port (\d+)/)
	{
		syswrite $client, $says;
		return;
	}
	my $server = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $1) or return;
	my $both = IO::Select->new($client, $server);
	while (my @ready = $both->can_read)
	{
		foreach my $from (@ready)
		{
			sysread($from, my $bytes, 65536) or return;
			syswrite $from == $client ? $server : $client, $bytes;
		}
	}
	return;
}

my $listen = IO::Socket::INET->new(Listen => 9, LocalAddr => '127.0.0.9', LocalPort => $server->{port}, ReuseAddr => 1) or die "no port: $!";
my $first = fork // die "fork: $!";
if ($first == 0)
{
	$SIG{TERM} = 'DEFAULT';
	while (my $client = $listen->accept)
	{
		answer_first($client);
		close $client;
	}
	POSIX::_exit(0);
}
close $listen;

# its answer
sub say_first
{
	my ($says) = @_;
	unlink "$dir/first";
	append_to_file("$dir/first", $says);
	return;
}

sub packet
{
	my ($payload) = @_;
	return pack('VX', length $payload) . "\0$payload";
}

# without TLS
my $greeting = packet(pack 'CZ*Va8xvCvvCx10Z13Z*', 10, '10.11.6-MariaDB', 7, 'saltsalt', 0xa20a, 45, 2, 0x3a, 21, 'saltsaltsalt', 'mysql_native_password');
my %not_there = (
	'hangs up' => '',
	'resets the connection' => 'reset',
	'says a part of a greeting' => substr($greeting, 0, 30),
	'says a part of a length' => substr($greeting, 0, 2),
	'cannot reach its server' => packet(pack('Cv', 0xff, 2003) . 'no server'),
	'shuts down' => packet(pack('Cv', 0xff, 1053) . 'shutdown'));
foreach my $how (sort keys %not_there)
{
	say_first($not_there{$how});
	foreach my $bind ('b', 'b_verified')
	{
		my ($err, $took) = ask($bind, '');
		is($err, '', "$bind: a server behind an address that $how");
		cmp_ok($took, '<', 1.4, "$bind: at once");
	}
}
my %answers = (
	'1040' => [ '53300', packet(pack('Cv', 0xff, 1040) . 'Too many connections') ],
	'1045' => [ '28P01', packet(pack('Cv', 0xff, 1045) . 'Access denied') ],
	'1129' => [ '08004', packet(pack('Cv', 0xff, 1129) . 'Host is blocked') ],
	'a greeting' => [ '08001', $greeting ]);
foreach my $answer (sort keys %answers)
{
	say_first($answers{$answer}[1]);
	like((ask('b', ''))[0], qr/ERROR:  $answers{$answer}[0]: /, "b: $answer is the answer of a server");
	like((ask($_, ''))[0], qr/ERROR:  /, "$_: $answer is the answer of a server") foreach 'b_required', 'b_verified';
}
like((ask($_, ''))[0], qr/ERROR:  08001: .*DETAIL:  .*(TLS|SSL)/s, "$_: no TLS is the answer of a server") foreach 'b_required', 'b_verified';
say_first("port $other->{port}");
like((ask('b_verified', ''))[0], qr/ERROR:  08001: .*DETAIL:  .*(certificate|SSL)/s, 'so is a wrong certificate');
$other->sql("ALTER USER app\@localhost IDENTIFIED BY 'other'; ALTER USER app\@'127.0.0.1' IDENTIFIED BY 'other'");
like((ask('b_required', ''))[0], qr/ERROR:  28P01: /, 'so is a wrong password');
kill 'TERM', $first;
waitpid $first, 0;

# 3 s for two addresses, of which the first one has a half
my $dark = listen_full('127.0.0.9', $server->{port});
foreach my $bind ('b', 'b_verified')
{
	my ($err, $took) = ask($bind, '');
	is($err, '', "$bind: a server behind an address that swallows everything");
	cmp_ok($took, '<', 5, "$bind: in time");
}
done_testing();
