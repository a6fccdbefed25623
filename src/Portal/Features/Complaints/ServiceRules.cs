using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Complaints.Calendars;
using Complaints.Timing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Data;

namespace Portal.Features.Complaints;

/// <summary>One version of a working calendar. Never changed: a moved holiday is a new version.</summary>
public sealed class CalendarRow
{
    public required string Id { get; init; }
    public required int Version { get; init; }
    public required string Json { get; init; }
    public required DateTime SavedAt { get; init; }
    public Guid? SavedBy { get; init; }

    /// <summary>Open cases measured by an earlier version follow it.</summary>
    public bool ForOpenCases { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<CalendarRow>
    {
        public void Configure(EntityTypeBuilder<CalendarRow> row)
        {
            row.ToTable("working_calendars");
            row.HasKey(c => new { c.Id, c.Version });
            row.Property(c => c.Id).HasMaxLength(64);
        }
    }
}

/// <summary>One version of what is promised about complaints. Never changed.</summary>
public sealed class ServicePolicyRow
{
    public required int Version { get; init; }
    public required string Json { get; init; }
    public required DateTime SavedAt { get; init; }
    public Guid? SavedBy { get; init; }

    /// <summary>Open cases measured by an earlier version follow it.</summary>
    public bool ForOpenCases { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ServicePolicyRow>
    {
        public void Configure(EntityTypeBuilder<ServicePolicyRow> row)
        {
            row.ToTable("service_policies");
            row.HasKey(p => p.Version);
            row.Property(p => p.Version).ValueGeneratedNever();
        }
    }
}

/// <summary>Policy and calendar of a case.</summary>
internal sealed record RulesOfCase(ServicePolicy Policy, WorkingCalendar Calendar);

/// <summary>The versions of policy and calendar. A version never changes, so each is read once by a process.</summary>
internal sealed class ServiceRules
{
    /// <summary>The calendar that new cases start with.</summary>
    public const string OfficeCalendar = "office";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        IgnoreReadOnlyProperties = true,
    };

    private readonly ConcurrentDictionary<RulesInForce, RulesOfCase> known = new();

    /// <summary>What a new case is measured by.</summary>
    public async Task<RulesOfCase> CurrentAsync(PortalDb db, CancellationToken cancel)
    {
        var policy = await db.Set<ServicePolicyRow>().MaxAsync(p => p.Version, cancel);
        var calendar = await db.Set<CalendarRow>().Where(c => c.Id == OfficeCalendar).MaxAsync(c => c.Version, cancel);
        return await GetAsync(db, new(policy, OfficeCalendar, calendar), cancel);
    }

    /// <summary>What a case is measured by.</summary>
    public async Task<RulesOfCase> GetAsync(PortalDb db, RulesInForce rules, CancellationToken cancel)
    {
        if (known.TryGetValue(rules, out var found))
            return found;
        var policy = await db.Set<ServicePolicyRow>().AsNoTracking().SingleAsync(p => p.Version == rules.PolicyVersion, cancel);
        var calendar = await db.Set<CalendarRow>().AsNoTracking().SingleAsync(c => c.Id == rules.CalendarId && c.Version == rules.CalendarVersion, cancel);
        return known[rules] = new(Read<ServicePolicy>(policy.Json), WorkingCalendar.From(Read<CalendarDefinition>(calendar.Json)));
    }

    public static CalendarRow Row(CalendarDefinition calendar, DateTime now, Guid? by = null, bool forOpenCases = false) =>
        new() { Id = calendar.Id, Version = calendar.Version, Json = JsonSerializer.Serialize(calendar, Options), SavedAt = now, SavedBy = by, ForOpenCases = forOpenCases };

    public static ServicePolicyRow Row(ServicePolicy policy, DateTime now, Guid? by = null, bool forOpenCases = false) =>
        new() { Version = policy.Version, Json = JsonSerializer.Serialize(policy, Options), SavedAt = now, SavedBy = by, ForOpenCases = forOpenCases };

    public static CalendarDefinition Calendar(CalendarRow row) => Read<CalendarDefinition>(row.Json);

    public static ServicePolicy Policy(ServicePolicyRow row) => Read<ServicePolicy>(row.Json);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"Empty {typeof(T).Name}.");
}
