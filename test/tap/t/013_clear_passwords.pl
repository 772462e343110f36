# No password goes out in the clear: not to a server without TLS that asks for it, not
# where TLS is required and not offered, and not with a key of a server that nobody has
# verified.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use FakeMySQL;
use MySQLServer;

# a public key, as a server sends one
my $key = <<'E';
-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC5FPGyYCqa4n1n0Xe4n1n0Xe4n
-----END PUBLIC KEY-----
E

my $node = PostgreSQL::Test::Cluster->new('main');

$node->init;
$node->start;
$node->safe_psql('postgres', q{
CREATE EXTENSION binds;
SELECT binds.add('b', 'mysql://app:secret@127.0.0.1:1/users')});

# The error of connecting to a server that answers alone, and whether it got the password.
sub connect_to
{
	my ($fake, $arguments) = @_;
	my $err;

	$node->safe_psql('postgres', "SELECT binds.alter('b', '"
		  . $fake->url('users') . ($arguments ? "?$arguments" : '') . "')");
	$node->psql('postgres', "\\set VERBOSITY verbose\nSELECT binds.query('b', 'SELECT 1')",
		stderr => \$err);
	return ($err, scalar grep { $_->[1] =~ /secret/ } $fake->heard);
}

sub packets_heard
{
	my ($fake) = @_;
	my @heard = $fake->heard;
	return scalar @heard;
}

# How often was the server's public key asked for?  caching_sha2_password asks by one byte,
# sha256_password by another.
sub keys_asked
{
	my ($fake) = @_;
	return scalar grep { $_->[1] =~ /^[\1\2]$/ } $fake->heard;
}

my $no_tls = qr/ERROR:  08001: .*DETAIL: .*(TLS|SSL)/s;

# MySQL's own client library does not know "dialog"
my $clear = qr/ERROR:  28000: .*DETAIL: .*without TLS.*HINT:  Turn TLS on/s;
my $unknown = MySQLServer::_have('mariadbd') ? $clear : qr/ERROR:  28000: .*DETAIL: .*dialog/s;

foreach my $plugin ('mysql_clear_password', 'dialog', 'caching_sha2_password', 'sha256_password')
{
	my $more = $plugin eq 'dialog' ? "\4Password: " : $plugin =~ /sha/ ? "saltsaltsaltsaltsalt\0" : '';
	my @login = ("\xfe$plugin\0$more", $plugin =~ /sha/ ? ("\x01\x04", "\x01$key") : ());

	foreach my $arguments ('', 'ssl_mode=preferred', 'ssl_mode=disabled')
	{
		my $fake = FakeMySQL->new(login => \@login);
		my ($err, $told) = connect_to($fake, $arguments);

		is($told, 0, "$plugin: the password is kept ($arguments)");
		# with a key it would be encrypted, and not be seen
		is(keys_asked($fake), 0, "$plugin: no key is asked for ($arguments)");
		like($err, $plugin eq 'dialog' ? $unknown : $clear, "$plugin: the error says so ($arguments)");
		cmp_ok(packets_heard($fake), '>', 0, "$plugin: the client has answered ($arguments)");
		$fake->stop;
	}

	# TLS is required: nothing at all is said to a server that has none
	my $fake = FakeMySQL->new(login => \@login);
	my ($err, $told) = connect_to($fake, 'ssl_mode=required');
	like($err, $no_tls, "$plugin: TLS is required");
	is(packets_heard($fake), 0, "$plugin: and nothing was said");
	$fake->stop;
}

# libmariadb does not say which plugin it refuses
my $mariadb = MySQLServer::_have('mariadbd') ? 'not by a password' : 'nothing else';

# a server that asks for something else than a password, as the ticket of the user that this
# process runs as, gets nothing
foreach my $plugin ('auth_gssapi_client', 'authentication_kerberos_client',
	'authentication_oci_client')
{
	foreach my $arguments ('', 'ssl_mode=preferred', 'get_server_public_key=true', "default_auth=$plugin")
	{
		my $fake = FakeMySQL->new(login => [ "\xfe$plugin\0HTTP/host\@REALM\0" ]);
		my ($err, $told) = connect_to($fake, $arguments);

		like($err, qr/ERROR:  28000: .*DETAIL: .*(not by a password.*$plugin|$mariadb)/s, "$plugin is refused ($arguments)");
		cmp_ok(packets_heard($fake), '<=', 1, "$plugin gets no answer ($arguments)");
		$fake->stop;
	}
}

# whoever trusts the network may have the password encrypted with the server's key
my $keyed = FakeMySQL->new(login => [ "\xfecaching_sha2_password\0saltsaltsaltsaltsalt\0", "\x01\x04", "\x01$key" ]);
my ($err, $told) = connect_to($keyed, 'get_server_public_key=true');
is($told, 0, 'a key that is none gets no password');
is(keys_asked($keyed), 1, 'the key is asked for if that is allowed');
$keyed->stop;

# the greeting itself may ask for the password
my $greeted = FakeMySQL->new;
$greeted->lie(sub {
	my ($packet) = @_;
	return $packet->{payload} if $packet->{kind} ne 'greeting';
	return $packet->{payload} =~ s/mysql_native_password/mysql_clear_password/r;
});
($err, $told) = connect_to($greeted, '');
is($told, 0, 'a greeting that asks for the password does not get it');
like($err, $clear, 'and the error says so');
$greeted->stop;

my $honest = FakeMySQL->new;
($err) = connect_to($honest, 'ssl_mode=preferred');
like($err, qr/ERROR:  42809: .*returns no rows/, 'a server without TLS that asks for no password is reached');
($err) = connect_to($honest, 'ssl_mode=required');
like($err, $no_tls, 'unless TLS is required');
$honest->stop;

# a greeting that comes in pieces, which both libraries put together
my $pieces = FakeMySQL->new(pause => 0.005);
($err) = connect_to($pieces, '');
like($err, qr/ERROR:  42809: .*returns no rows/, 'a greeting in pieces is understood');
($err) = connect_to($pieces, 'ssl_mode=required');
like($err, $no_tls, 'and the lack of TLS in it');

done_testing();
