# FakeMySQL.pm - a server of the MySQL protocol that says what a test wants it to say.
#
# Either it stands before a real server and changes what that answers:
#
#	my $fake = FakeMySQL->new(real => $server);	a MySQLServer
#	$fake->lie(sub {
#		my ($packet) = @_;			see below
#		return $packet->{payload};		one or more payloads; a reference to a
#	});						string: bytes as they are; nothing: hang up
#	$fake->lie(undef);				the truth again
#
# or it answers alone:
#
#	my $fake = FakeMySQL->new(
#		login => ["\xfemysql_clear_password\0"],	packets, each answered by the client
#		answer => sub { my ($sql) = @_; return { columns => [...], rows => [[...]] } },
#		pause => 0.02);				seconds between pieces of what it says
#
# In both cases
#
#	$fake->url('users')		mysql://app:secret@127.0.0.1:PORT/users
#	$fake->heard			what clients have sent: [connection, payload] each,
#					the answer to the greeting first
#	$fake->stop
#
# "answer" returns { columns, rows }, { error => [code, sqlstate, message] }, or
# { affected, id }; undef is the answer to a statement of the session's set-up.
#
# A packet is a hash: connection (1, 2 ...), number (of those that this connection got,
# from 0), kind, payload, and with it sql, the statement it answers; row, the number
# of its row; columns, their number; result, the number of the result of this
# connection.  Kinds: greeting, login, ok, error, header (the number of columns),
# column, row, end (of columns or of rows), prepared, other.
#
# Nobody is asked for a right password: the real server is entered as root, through
# its socket.  TLS, compression and query attributes, whose bytes would stand before the
# text, are taken out of its greeting.
#
# Copyright (c) 2026, the binds developers

package FakeMySQL;

use strict;
use warnings;
use File::Temp ();
use IO::Select;
use IO::Socket::INET;
use IO::Socket::UNIX;
use POSIX ();

use constant {
	FOUND_ROWS => 0x2,
	CONNECT_WITH_DB => 0x8,
	COMPRESS => 0x20,
	PROTOCOL_41 => 0x200,
	TLS => 0x800,
	TRANSACTIONS => 0x2000,
	SECURE_CONNECTION => 0x8000,
	MULTI_RESULTS => 0x20000,
	PLUGIN_AUTH => 0x80000,
	CONNECT_ATTRS => 0x100000,
	PLUGIN_AUTH_LENENC => 0x200000,
	DEPRECATE_EOF => 0x1000000,
	ZSTD => 0x4000000,
	QUERY_ATTRIBUTES => 0x8000000,
	MORE_RESULTS => 0x8,
};

my @fakes;
my $pause;						# of this process, a connection

sub new
{
	my ($class, %how) = @_;
	my $listen = IO::Socket::INET->new(Listen => 16, LocalAddr => '127.0.0.1')
	  or die "no port: $!";
	my $self = bless {
		%how,
		listen => $listen,
		port => $listen->sockport,
		dir => File::Temp::tempdir('fakeXXXXXX', TMPDIR => 1, CLEANUP => 1),
	}, $class;

	push @fakes, $self;
	$self->_start;
	return $self;
}

sub url
{
	my ($self, $database) = @_;
	return "mysql://app:secret\@127.0.0.1:$self->{port}/$database";
}

# Lie from now on.  Connections that are open are closed.
sub lie
{
	my ($self, $lie) = @_;
	$self->stop;
	$self->{lie} = $lie;
	$self->_start;
	return;
}

sub heard
{
	my ($self) = @_;
	open my $in, '<', "$self->{dir}/heard" or return;
	my @heard = map { chomp; my ($n, $hex) = split /\t/; [$n, pack 'H*', $hex // ''] } <$in>;
	close $in;
	return @heard;
}

sub stop
{
	my ($self) = @_;
	return unless $self->{pid};
	kill 'TERM', -$self->{pid};
	waitpid $self->{pid}, 0;
	delete $self->{pid};
	return;
}

END
{
	my $code = $?;
	$_->stop foreach @fakes;
	$? = $code;
}

# ------------------------------------------------------------------------
# Processes: one that listens, and one per connection, in a group of their own
# ------------------------------------------------------------------------

sub _start
{
	my ($self) = @_;

	unlink "$self->{dir}/heard";
	pipe(my $ready, my $say) or die "pipe: $!";
	my $test = $$;
	my $pid = fork;
	die "fork: $!" unless defined $pid;
	if ($pid == 0)
	{
		POSIX::setpgid(0, 0);
		$SIG{TERM} = $SIG{PIPE} = 'DEFAULT';
		close $ready;
		close $say;
		$SIG{CHLD} = 'IGNORE';
		open STDIN, '<', '/dev/null';
		# nobody shall wait for us to close what the test writes to
		open STDOUT, '>>', "$self->{dir}/log";
		open STDERR, '>&', \*STDOUT;
		my $n = 0;
		my $select = IO::Select->new($self->{listen});
		# a test that is killed cannot stop us, and its output is held by us
		while (getppid == $test)
		{
			next unless $select->can_read(1);
			my $client = $self->{listen}->accept or last;
			$n++;
			my $child = fork;
			if (defined $child && $child == 0)
			{
				eval { $self->_serve($client, $n); 1 } or print STDERR $@;
				POSIX::_exit(0);
			}
			close $client;
		}
		kill 'TERM', -$$;
		POSIX::_exit(0);
	}
	close $say;
	readline $ready;		# the group is there
	$self->{pid} = $pid;
	return;
}

sub _serve
{
	my ($self, $client, $number) = @_;
	my $c = { client => $client, connection => $number, number => 0, result => 0 };

	setsockopt $client, 6, 1, 1;	# no delay
	$pause = $self->{pause};
	$self->{real} ? $self->_serve_real($c) : $self->_serve_alone($c);
	return;
}

# ------------------------------------------------------------------------
# Packets
# ------------------------------------------------------------------------

# A payload and its number in the sequence; nothing at the end.
sub _read
{
	my ($socket) = @_;
	my $payload = '';

	for (;;)
	{
		my $header = _bytes($socket, 4);
		return unless defined $header;
		my ($low, $high, $seq) = unpack 'vCC', $header;
		my $length = $low + ($high << 16);
		my $part = _bytes($socket, $length);
		return unless defined $part;
		$payload .= $part;
		return ($payload, $seq) if $length < 0xffffff;
	}
}

sub _bytes
{
	my ($socket, $length) = @_;
	my $bytes = '';

	while (length $bytes < $length)
	{
		my $n = sysread $socket, $bytes, $length - length $bytes, length $bytes;
		return unless $n;
	}
	return $bytes;
}

# Write payloads as packets; returns the number of the next.
sub _write
{
	my ($socket, $seq, @payloads) = @_;
	my $out = '';

	foreach my $payload (@payloads)
	{
		if (ref $payload)
		{
			$out .= $$payload;
			next;
		}
		for (;;)
		{
			my $part = substr $payload, 0, 0xffffff, '';
			my $length = length $part;
			$out .= pack('vCC', $length & 0xffff, $length >> 16, $seq++ & 255) . $part;
			last if $length < 0xffffff;
		}
	}
	while (length $out)
	{
		my $n = syswrite $socket, $out, $pause ? 3 : length $out;
		POSIX::_exit(0) unless $n;
		substr $out, 0, $n, '';
		select undef, undef, undef, $pause if $pause;
	}
	return $seq;
}

# Hear what the client says.
sub _hear
{
	my ($self, $c) = @_;
	my ($payload, $seq) = _read($c->{client});

	POSIX::_exit(0) unless defined $payload;
	open my $out, '>>', "$self->{dir}/heard" or die $!;
	syswrite $out, "$c->{connection}\t" . unpack('H*', $payload) . "\n";
	close $out;
	$c->{seq} = $seq + 1;
	return $payload;
}

# Say something to the client, or what the lie makes of it.
sub _say
{
	my ($self, $c, $kind, $payload, %more) = @_;
	my @said = ($payload);

	if ($self->{lie})
	{
		@said = $self->{lie}->({
			%more, kind => $kind, payload => $payload, sql => $c->{sql},
			connection => $c->{connection}, number => $c->{number},
			result => $c->{result}
		});
	}
	$c->{number}++;
	POSIX::_exit(0) unless @said && defined $said[0];
	$c->{seq} = _write($c->{client}, $c->{seq}, @said);
	return;
}

# ------------------------------------------------------------------------
# Before a real server
# ------------------------------------------------------------------------

sub _serve_real
{
	my ($self, $c) = @_;
	my $real = IO::Socket::UNIX->new(Peer => $self->{real}{socket}) or die "real: $!";
	$c->{real} = $real;
	$self->_enter($c);
	for (;;)
	{
		my $command = $self->_hear($c);
		my $kind = ord $command;

		$c->{sql} = $kind == 0x03 || $kind == 0x16 ? substr($command, 1) : $c->{sql};
		_write($real, 0, $command);
		POSIX::_exit(0) if $kind == 0x01;
		next if $kind == 0x19 || $kind == 0x18;	# close, long data: no answer
		if ($kind == 0x16)
		{
			$self->_relay_prepared($c);
		}
		elsif ($kind == 0x03 || $kind == 0x17)
		{
			while ($self->_relay_result($c)) { }
		}
		else
		{
			$self->_relay($c, 'other');
		}
	}
}

# The greeting without TLS; the client's answer with another user.
sub _enter
{
	my ($self, $c) = @_;
	my ($greeting) = _read($c->{real});
	my ($protocol, $version, $rest) = unpack 'CZ*a*', $greeting;
	my ($id, $salt, $low, $charset, $status, $high, $more) = unpack 'Va8xvCvva*', $rest;
	my $offered = ($low | $high << 16) & ~(TLS | COMPRESS | ZSTD | QUERY_ATTRIBUTES);

	$c->{seq} = 0;
	$self->_say($c, 'greeting', pack('CZ*Va8xvCvva*', $protocol, $version, $id, $salt,
		$offered & 0xffff, $charset, $status, $offered >> 16, $more));

	my $answer = $self->_hear($c);
	my ($flags, $max, $set, $filler, $user, $end) = unpack 'VVCa23Z*a*', $answer;
	my $auth = _take_text(\$end);
	my $database = $flags & CONNECT_WITH_DB ? _take_name(\$end) : '';
	my $plugin = $flags & PLUGIN_AUTH ? _take_name(\$end) : '';
	$c->{flags} = $flags;
	_write($c->{real}, 1, pack('VVCa23Z*C', $flags & $offered & ~CONNECT_ATTRS, $max, $set, $filler,
		'root', 0)
		  . ($flags & CONNECT_WITH_DB ? pack('Z*', $database) : '')
		  . ($flags & PLUGIN_AUTH ? pack('Z*', $plugin) : ''));
	my ($reply, $seq) = _read($c->{real});
	if (defined $reply && ord $reply == 0xfe)
	{
		_write($c->{real}, $seq + 1, '');
		($reply, $seq) = _read($c->{real});
	}
	die 'the real server does not let root in' unless defined $reply;
	$self->_say($c, 'login', "\x01\x03") if $plugin eq 'caching_sha2_password';
	$self->_say($c, 'login', $reply);
	return;
}

sub _relay
{
	my ($self, $c, $kind, %more) = @_;
	my ($payload) = _read($c->{real});

	POSIX::_exit(0) unless defined $payload;
	$self->_say($c, $kind, $payload, %more);
	return $payload;
}

sub _relay_prepared
{
	my ($self, $c) = @_;
	my $first = $self->_relay($c, 'prepared');
	return if ord $first != 0;
	my ($id, $columns, $params) = unpack 'xVvv', $first;

	foreach my $n ($params, $columns)
	{
		next unless $n;
		$self->_relay($c, 'column', columns => $n) for 1 .. $n;
		$self->_relay($c, 'end') unless $c->{flags} & DEPRECATE_EOF;
	}
	return;
}

# One result; true if another one follows.
sub _relay_result
{
	my ($self, $c) = @_;
	my ($first) = _read($c->{real});

	POSIX::_exit(0) unless defined $first;
	$c->{result}++;
	if (ord $first == 0)
	{
		$self->_say($c, 'ok', $first);
		return ok_of($first)->{status} & MORE_RESULTS;
	}
	if (ord $first == 0xff)
	{
		$self->_say($c, 'error', $first);
		return 0;
	}
	my $copy = $first;
	my $n = _take_number(\$copy);
	$self->_say($c, 'header', $first, columns => $n);
	$self->_relay($c, 'column', columns => $n, column => $_) for 0 .. $n - 1;
	$self->_relay($c, 'end', columns => $n) unless $c->{flags} & DEPRECATE_EOF;
	for (my $row = 0;; $row++)
	{
		my ($payload) = _read($c->{real});

		POSIX::_exit(0) unless defined $payload;
		if (ord $payload == 0xff)
		{
			$self->_say($c, 'error', $payload, columns => $n, row => $row);
			return 0;
		}
		if (ord $payload == 0xfe && length $payload < 0xffffff &&
			($c->{flags} & DEPRECATE_EOF || length $payload < 9))
		{
			my $status = $c->{flags} & DEPRECATE_EOF ? ok_of($payload)->{status}
			  : (unpack 'xvv', $payload)[1];

			$self->_say($c, 'end', $payload, columns => $n, row => $row);
			return $status & MORE_RESULTS;
		}
		$self->_say($c, 'row', $payload, columns => $n, row => $row);
	}
}

# ------------------------------------------------------------------------
# Alone
# ------------------------------------------------------------------------

sub _serve_alone
{
	my ($self, $c) = @_;
	my $flags = FOUND_ROWS | CONNECT_WITH_DB | PROTOCOL_41 | TRANSACTIONS |
	  SECURE_CONNECTION | MULTI_RESULTS | PLUGIN_AUTH | CONNECT_ATTRS |
	  PLUGIN_AUTH_LENENC;
	my $version = $self->{version} // '10.11.6-MariaDB';

	$c->{seq} = 0;
	$self->_say($c, 'greeting', pack('CZ*Va8xvCvvCx10Z13Z*', 10, $version,
		$c->{connection}, 'saltsalt', $flags & 0xffff, 45, 2, $flags >> 16, 21,
		'saltsaltsalt', 'mysql_native_password'));
	my $answer = $self->_hear($c);
	foreach my $packet (@{ $self->{login} // [] })
	{
		$self->_say($c, 'login', $packet);
		$self->_hear($c);
	}
	$self->_say($c, 'login', "\x01\x03")
	  if !$self->{login} && $answer =~ /\0caching_sha2_password\0/;
	$self->_say($c, 'login', _ok());
	for (;;)
	{
		my $command = $self->_hear($c);

		$c->{sql} = substr $command, 1;
		POSIX::_exit(0) if ord $command == 0x01;
		$self->_answer($c, ord $command == 0x03 ? $c->{sql} : undef);
	}
}

sub _answer
{
	my ($self, $c, $sql) = @_;
	my $answer = defined $sql && $self->{answer} ? $self->{answer}->($sql) : undef;

	if (!defined $answer && defined $sql && $sql =~ /^SHOW SESSION VARIABLES/)
	{
		$answer = { columns => [ 'Variable_name', 'Value' ],
			rows => [ [ 'version', $self->{version} // '10.11.6-MariaDB' ],
				[ 'max_allowed_packet', 16777216 ] ] };
	}
	$answer //= {};
	$c->{result}++;
	if ($answer->{error})
	{
		my ($code, $state, $message) = @{ $answer->{error} };
		$self->_say($c, 'error', error_packet($code, $state, $message));
	}
	elsif ($answer->{columns})
	{
		my $n = @{ $answer->{columns} };
		$self->_say($c, 'header', chr $n, columns => $n);
		$self->_say($c, 'column', column_packet($_), columns => $n)
		  foreach @{ $answer->{columns} };
		$self->_say($c, 'end', "\xfe\0\0\x02\0", columns => $n);
		my $row = 0;
		$self->_say($c, 'row', row_packet(@$_), columns => $n, row => $row++)
		  foreach @{ $answer->{rows} };
		$self->_say($c, 'end', "\xfe\0\0\x02\0", columns => $n, row => $row);
	}
	else
	{
		$self->_say($c, 'ok', _ok($answer->{affected}, $answer->{id}));
	}
	return;
}

# ------------------------------------------------------------------------
# What is in packets; for tests, too
# ------------------------------------------------------------------------

sub _take_number
{
	my ($bytes) = @_;
	my $first = ord substr $$bytes, 0, 1, '';

	return $first if $first < 0xfb;
	return undef if $first == 0xfb;
	return unpack 'v', substr $$bytes, 0, 2, '' if $first == 0xfc;
	return unpack 'V', substr($$bytes, 0, 3, '') . "\0" if $first == 0xfd;
	return unpack 'Q<', substr $$bytes, 0, 8, '';
}

sub _take_text
{
	my ($bytes) = @_;
	my $length = _take_number($bytes);
	return defined $length ? substr($$bytes, 0, $length, '') : undef;
}

sub _take_name
{
	my ($bytes) = @_;
	my $name = unpack 'Z*', $$bytes;
	substr $$bytes, 0, length($name) + 1, '';
	return $name;
}

sub number_bytes
{
	my ($number) = @_;
	return $number < 0xfb ? chr $number
	  : $number < 0x10000 ? pack 'Cv', 0xfc, $number
	  : $number < 0x1000000 ? "\xfd" . substr pack('V', $number), 0, 3
	  : pack 'CQ<', 0xfe, $number;
}

sub text_bytes
{
	my ($text) = @_;
	return defined $text ? number_bytes(length $text) . $text : "\xfb";
}

# A row of texts, and back; undef is NULL.
sub row_packet { return join '', map { text_bytes($_) } @_; }

sub row_of
{
	my ($payload) = @_;
	my @row;
	push @row, _take_text(\$payload) while length $payload;
	return @row;
}

# A column of text, utf8mb4.
sub column_packet
{
	my ($name, $type, $charset) = @_;
	return row_packet('def', '', '', '', $name, $name)
	  . pack 'CvVCvCv', 12, $charset // 45, 1024, $type // 253, 0, 0, 0;
}

sub error_packet
{
	my ($code, $state, $message) = @_;
	return pack('Cva1a5', 0xff, $code, '#', $state) . $message;
}

sub _ok
{
	my ($affected, $id) = @_;
	return "\0" . number_bytes($affected // 0) . number_bytes($id // 0) . "\x02\0\0\0";
}

# Of a packet OK: affected, id, status, and what comes behind it.
sub ok_of
{
	my ($payload) = @_;
	my %ok;

	substr $payload, 0, 1, '';
	$ok{affected} = _take_number(\$payload);
	$ok{id} = _take_number(\$payload);
	($ok{status}, $ok{rest}) = unpack 'va*', $payload;
	return \%ok;
}

sub ok_packet
{
	my ($ok) = @_;
	return "\0" . number_bytes($ok->{affected}) . number_bytes($ok->{id})
	  . pack 'va*', $ok->{status}, $ok->{rest};
}

1;
