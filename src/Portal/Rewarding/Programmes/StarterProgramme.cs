using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Platform;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Portal.Rewarding.Programmes;

/// <summary>
/// What an empty installation starts with, so that the first sale already earns: a join bonus and points for money spent,
/// without a start date (history can be imported) and without expiry.
/// </summary>
internal sealed class StarterProgramme(PortalDb db, ProgrammeStore store, RuleBook rules, IOptions<PortalOptions> options) : ISeed
{
    public int Order => 100;

    public async Task SeedAsync(CancellationToken cancel)
    {
        if (await db.Set<RuleSetHeadRow>().AnyAsync(cancel))
            return;
        var currency = options.Value.ProgrammeCurrency;
        var first = Rules(currency);
        await store.PublishAsync(db, first, [], Programme(currency, options.Value.TimeZone), by: null, cancel);
        foreach (var rule in first)
            rules.AddPublished(db, rule);
        await db.SaveChangesAsync(cancel);
    }

    private static Programme Programme(Currency currency, string zone) => new()
    {
        Name = new("Program Loyalitas", "Loyalty programme"),
        Currency = currency,
        Zone = zone,
        Conversion = new(1, WorthOfPoint(currency), 1, currency),
    };

    private static Rule[] Rules(Currency currency) =>
    [
        new()
        {
            Id = new("welcome-points"),
            Name = new("Poin selamat datang", "Welcome points"),
            Trigger = ActivityTypes.Registered,
            Effects = [new FixedPoints { Points = 100 }],
            Limits = [new(1)],
            Qualifying = false,
        },
        new()
        {
            Id = new("points-for-purchases"),
            Name = new("Poin belanja", "Points for purchases"),
            Trigger = ActivityTypes.Purchase,
            Effects = [new PointsPerAmount { Points = 1, Per = SpentForPoint(currency) }],
        },
        new()
        {
            Id = new("complaint-compensation"),
            Name = new("Poin dari keputusan keluhan", "Points from a complaint decision"),
            Trigger = ActivityTypes.ComplaintResolved,
            Effects = [new PointsAsRequested()],
            Qualifying = false,
        },
    ];

    // One per cent back: a point is worth the hundredth part of what earns it.
    private static decimal SpentForPoint(Currency currency) => currency.Decimals == 0 ? 10_000m : 1m;

    private static decimal WorthOfPoint(Currency currency) => SpentForPoint(currency) / 100m;
}

/// <summary>The rules as staff see them.</summary>
internal sealed class RuleBook(TimeProvider time)
{
    /// <summary>Lists a rule that is published as it stands.</summary>
    public void AddPublished(PortalDb db, Rule rule) => db.Add(new RuleRow
    {
        Id = rule.Id,
        Version = rule.Version,
        LiveVersion = rule.Version,
        Json = EngineJson.Write(rule),
        Status = RuleStatus.Live,
        NameId = rule.Name.Id,
        NameEn = rule.Name.En,
        Trigger = rule.Trigger,
        UpdatedAt = time.UtcNow(),
    });
}
