using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using RewardsEngine.Values;

namespace Portal.Data;

/// <summary>Stored as UTC, read back as UTC: PostgreSQL refuses other kinds, SQLite would forget the kind.</summary>
public sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(
    v => v.Kind == DateTimeKind.Utc ? v : v.ToUniversalTime(),
    v => DateTime.SpecifyKind(v, DateTimeKind.Utc));

public sealed class MemberIdConverter() : ValueConverter<MemberId, Guid>(v => v.Value, v => new(v));

public sealed class LotIdConverter() : ValueConverter<LotId, Guid>(v => v.Value, v => new(v));

public sealed class RuleIdConverter() : ValueConverter<RuleId, string>(v => v.Value, v => new(v));

/// <summary>Sixteen bytes in the order in which ids rise: less than half of the text that SQLite's driver would write, in every row and index.</summary>
public sealed class GuidBytesConverter() : ValueConverter<Guid, byte[]>(v => v.ToByteArray(true), v => new(v, true));

/// <inheritdoc cref="GuidBytesConverter"/>
public sealed class MemberIdBytesConverter() : ValueConverter<MemberId, byte[]>(v => v.Value.ToByteArray(true), v => new(new Guid(v, true)));

/// <inheritdoc cref="GuidBytesConverter"/>
public sealed class LotIdBytesConverter() : ValueConverter<LotId, byte[]>(v => v.Value.ToByteArray(true), v => new(new Guid(v, true)));
