using System.Runtime.CompilerServices;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Cluster.Wire;

/// <summary>Never, which is frequent, is nothing on the wire.</summary>
[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1010, "cg.instant")]
internal struct InstantWire() : IConverter<Instant, InstantWire>
{
    [Id(0)]
    public required long? Milliseconds;

    public readonly Instant ConvertFromSurrogate(in InstantWire wire) => wire.Milliseconds is { } milliseconds ? new(milliseconds) : Instant.Never;

    public readonly InstantWire ConvertToSurrogate(in Instant instant) =>
        new() { Milliseconds = instant == Instant.Never ? null : instant.UnixMilliseconds };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1011, "cg.cell")]
internal struct CellIndexWire() : IConverter<CellIndex, CellIndexWire>
{
    [Id(0)]
    public required ulong Value;

    public readonly CellIndex ConvertFromSurrogate(in CellIndexWire wire) => wire.Value == 0 ? default : CellIndex.FromValue(wire.Value);

    public readonly CellIndexWire ConvertToSurrogate(in CellIndex cell) => new() { Value = cell.Value };
}

/// <summary>All of it is written: left out when it is zero, a zero would lose its sign, which tells -180° from 180°.</summary>
[GenerateSerializer, RegisterConverter, WireName(1012, "cg.lat-lng")]
internal struct LatLngWire() : IConverter<LatLng, LatLngWire>
{
    [Id(0)]
    public required double Lat;

    [Id(1)]
    public required double Lng;

    public readonly LatLng ConvertFromSurrogate(in LatLngWire wire) => LatLng.FromDegrees(wire.Lat, wire.Lng);

    public readonly LatLngWire ConvertToSurrogate(in LatLng place) => new() { Lat = place.Lat, Lng = place.Lng };
}

/// <summary>The same bits again: scaled anew to length 1, as the factory does, a place would be another on every machine it comes to.</summary>
[GenerateSerializer, RegisterConverter, WireName(1013, "cg.unit-vector")]
internal struct UnitVectorWire() : IConverter<UnitVector, UnitVectorWire>
{
    [Id(0)]
    public required double X;

    [Id(1)]
    public required double Y;

    [Id(2)]
    public required double Z;

    /// <exception cref="ArgumentException">It is no point of the sphere, nor the default.</exception>
    public readonly UnitVector ConvertFromSurrogate(in UnitVectorWire wire)
    {
        UnitVector place = Unsafe.BitCast<UnitVectorWire, UnitVector>(wire);
        return place.IsUnit || place == default ? place : throw new ArgumentException($"{place} is no point of the unit sphere.", nameof(wire));
    }

    public readonly UnitVectorWire ConvertToSurrogate(in UnitVector place) => new() { X = place.X, Y = place.Y, Z = place.Z };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1014, "cg.position-report")]
internal struct PositionReportWire() : IConverter<PositionReport, PositionReportWire>
{
    [Id(0)]
    public required HelperId Helper;

    [Id(1)]
    public required Instant At;

    [Id(2)]
    public required LatLng Position;

    public readonly PositionReport ConvertFromSurrogate(in PositionReportWire wire) => new(wire.Helper, wire.At, wire.Position);

    public readonly PositionReportWire ConvertToSurrogate(in PositionReport report) => new()
    {
        Helper = report.Helper,
        At = report.At,
        Position = report.Position,
    };
}
