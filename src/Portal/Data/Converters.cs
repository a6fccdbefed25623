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
