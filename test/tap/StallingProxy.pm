# StallingProxy.pm - stands between us and a server, and stops answering on demand.
#
#	my $proxy = StallingProxy->new($port);	of a server on 127.0.0.1
#	$proxy->port
#	$proxy->stall_at('XA COMMIT')		from the next packet with this text on, the
#		server's answers on that connection are kept back
#	$proxy->stall_at('XA COMMIT', 1)	the packet itself, too: the server never sees it
#	$proxy->stall_at('')			not any more
#	$proxy->stop
#
# Copyright (c) 2026, the binds developers

package StallingProxy;

use strict;
use warnings;
use File::Temp ();
use IO::Select;
use IO::Socket::INET;
use POSIX ();

my @proxies;

sub new
{
	my ($class, $target) = @_;
	my $listen = IO::Socket::INET->new(Listen => 20, LocalAddr => '127.0.0.1') or die "no port: $!";
	my $dir = File::Temp::tempdir('pxXXXXXX', TMPDIR => 1, CLEANUP => 1);
	my $self = bless { port => $listen->sockport, order => "$dir/order" }, $class;
	my $test = $$;
	my $pid = fork;

	die "fork: $!" unless defined $pid;
	if ($pid == 0)
	{
		_serve($listen, $target, $self->{order}, $test);
		POSIX::_exit(0);
	}
	$self->{pid} = $pid;
	push @proxies, $self;
	return $self;
}

sub port { return $_[0]->{port}; }

sub stall_at
{
	my ($self, $text, $swallow) = @_;

	open my $fh, '>', "$self->{order}.new" or die $!;
	print $fh $swallow ? 1 : 0, $text;
	close $fh;
	rename "$self->{order}.new", $self->{order} or die $!;
	return;
}

sub _order
{
	my ($file) = @_;

	open my $fh, '<', $file or return (0, '');
	my $line = <$fh> // '0';
	return (substr($line, 0, 1), substr($line, 1));
}

# Pass bytes on in both directions, until stopped, or until the test is gone.
sub _serve
{
	my ($listen, $target, $file, $test) = @_;
	my $select = IO::Select->new($listen);
	my (%peer, %is_client, %stalled);

	while (getppid == $test)
	{
		foreach my $from ($select->can_read(1))
		{
			if ($from == $listen)
			{
				my $client = $listen->accept or next;
				my $server = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $target);

				next unless $server;
				($peer{$client}, $peer{$server}) = ($server, $client);
				$is_client{$client} = 1;
				$select->add($client, $server);
				next;
			}
			my $to = $peer{$from};
			my $count = sysread $from, my $data, 65536;

			if (!$count)
			{
				$select->remove($from, $to);
				close $_ foreach $from, $to;
				next;
			}
			if ($is_client{$from})
			{
				my ($swallow, $text) = _order($file);

				if ($text ne '' && index($data, $text) >= 0)
				{
					$stalled{$to} = 1;
					next if $swallow;
				}
			}
			elsif ($stalled{$from})
			{
				next;
			}
			syswrite $to, $data;
		}
	}
	return;
}

# By its pid, and waited for.
sub stop
{
	my ($self) = @_;
	return unless $self->{pid};
	kill 'KILL', $self->{pid};
	waitpid $self->{pid}, 0;
	delete $self->{pid};
	return;
}

END
{
	my $code = $?;
	$_->stop foreach @proxies;
	$? = $code;
}

1;
