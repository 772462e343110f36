# meta.pl FILE - is it valid META.json by PGXN's Meta Spec 1.0.0?  Prints what is not.
# Source of the rules: https://pgxn.org/meta/spec.txt.  Copyright (c) 2026, the binds developers
use strict;
use warnings;
use JSON::PP;

my ($file) = @ARGV;
my $meta = decode_json(do { local (@ARGV, $/) = ($file); <> });

my $semver = qr/^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-?[A-Za-z][0-9A-Za-z-]*)?$/;
my $range = qr/(?:(?:==|!=|<=|>=|<|>)\s*)?(?:0|(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-?[A-Za-z][0-9A-Za-z-]*)?)/;
my $term = qr{^[^\s/\\[:cntrl:]][^/\\[:cntrl:]]*[^\s/\\[:cntrl:]]$};
my %licenses = map { $_ => 1 } qw(agpl_3 apache_1_1 apache_2_0 artistic_1 artistic_2 bsd freebsd gfdl_1_2 gfdl_1_3 gpl_1 gpl_2 gpl_3
	lgpl_2_1 lgpl_3_0 mit mozilla_1_0 mozilla_1_1 openssl perl_5 postgresql qpl_1_0 ssleay sun zlib open_source restricted unrestricted unknown);

sub wrong { print "@_\n"; return; }
sub is_text { return defined $_[0] && !ref $_[0] && length $_[0]; }

# Keys that a map must have, and may have; others begin with x_.
sub keys_of
{
	my ($where, $map, $must, @may) = @_;

	return wrong("$where is no map") if ref $map ne 'HASH';
	for my $key (@$must) { wrong("$where lacks $key") unless exists $map->{$key} }
	for my $key (keys %$map)
	{
		wrong("$where has an unknown key $key") unless $key =~ /^x_/i || grep { $_ eq $key } @$must, @may;
	}
	return;
}

keys_of('the file', $meta, [qw(abstract maintainer license provides name version meta-spec)],
	qw(description generated_by tags no_index prereqs release_status resources));
for my $key (qw(abstract description name)) { wrong("$key is no text") unless is_text($meta->{$key}) }
wrong('name is no term') unless $meta->{name} =~ $term;
wrong('version is not semantic') unless $meta->{version} =~ $semver;
for my $who (ref $meta->{maintainer} ? @{ $meta->{maintainer} } : $meta->{maintainer}) { wrong('maintainer is no text') unless is_text($who) }
for my $license (ref $meta->{license} eq 'HASH' ? () : ref $meta->{license} ? @{ $meta->{license} } : $meta->{license})
{
	wrong("license $license is none of the specification") unless $licenses{$license};
}
wrong('provides is empty') unless %{ $meta->{provides} };
for my $name (keys %{ $meta->{provides} })
{
	my $it = $meta->{provides}{$name};

	keys_of("provides $name", $it, [qw(file version)], qw(abstract docfile));
	wrong("provides $name: the name is no term") unless $name =~ $term;
	wrong("provides $name: the version is not semantic") unless $it->{version} =~ $semver;
	wrong("provides $name: there is no $it->{file}") unless -e $it->{file};
	wrong("provides $name: there is no $it->{docfile}") if exists $it->{docfile} && !-e $it->{docfile};
}
for my $phase (keys %{ $meta->{prereqs} // {} })
{
	wrong("prereqs: $phase is no phase") unless $phase =~ /^(?:configure|build|test|runtime|develop|x_.*)$/;
	for my $relation (keys %{ $meta->{prereqs}{$phase} })
	{
		wrong("prereqs $phase: $relation is no relation") unless $relation =~ /^(?:requires|recommends|suggests|conflicts|x_.*)$/;
		while (my ($name, $versions) = each %{ $meta->{prereqs}{$phase}{$relation} })
		{
			wrong("prereqs $phase $relation $name: $versions is no range") unless $versions =~ /^$range(?:\s*,\s*$range)*$/;
		}
	}
}
keys_of('meta-spec', $meta->{'meta-spec'}, ['version'], 'url');
wrong('meta-spec is not 1.0.0') unless $meta->{'meta-spec'}{version} eq '1.0.0';
wrong('release_status is unknown') if ($meta->{release_status} // 'stable') !~ /^(?:stable|testing|unstable)$/;
for my $tag (@{ $meta->{tags} // [] }) { wrong("tag $tag is no term") unless $tag =~ $term && length $tag < 256 }
