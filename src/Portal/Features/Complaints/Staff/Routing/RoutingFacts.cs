using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using Portal.Rewarding.Segments;
using RewardsEngine.Conditions;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Features.Complaints.Staff.Routing;

/// <summary>What a routing condition sees of cases: five queries for any number of them.</summary>
internal sealed class RoutingFacts(ProgrammeStore programmes, Settings settings)
{
    /// <summary>The names, and the rule set they stand in. Before a programme is set up, the language without its consents.</summary>
    public async Task<(Vocabulary Names, CompiledRuleSet? Rules)> NamesAsync(PortalDb db, CancellationToken cancel)
    {
        if (!await db.Set<RuleSetHeadRow>().AnyAsync(cancel))
            return (RoutingNames.For(Currency.Of(settings.Portal.Currency), Vocabulary.CustomaryConsents), null);
        var rules = await programmes.CurrentAsync(db, cancel);
        return (RoutingNames.For(rules.Programme.Currency, rules.Programme.Consents), rules);
    }

    public async Task<IReadOnlyDictionary<Guid, Facts>> OfAsync(
        PortalDb db, IReadOnlyCollection<CaseRow> cases, Vocabulary names, TimeZoneInfo zone, IReadOnlyDictionary<Guid, string> wishes, CancellationToken cancel)
    {
        var memberIds = cases.Select(c => c.MemberId).OfType<MemberId>().Distinct().ToList();
        var members = await db.Set<MemberRow>().AsNoTracking().Where(m => memberIds.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancel);
        var counters = await db.Set<MemberCounterRow>().AsNoTracking().Where(m => memberIds.Contains(m.MemberId)).ToDictionaryAsync(m => m.MemberId, cancel);
        var segments = (await db.Set<MemberSegmentRow>().AsNoTracking().Where(s => memberIds.Contains(s.MemberId)).OrderBy(s => s.Segment).ToListAsync(cancel)).ToLookup(s => s.MemberId, s => s.Segment);
        var purchaseIds = cases.Select(c => c.PurchaseId).OfType<Guid>().Distinct().ToList();
        var purchases = await db.Set<PurchaseRow>().AsNoTracking().Include(p => p.Lines).Where(p => purchaseIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancel);
        return cases.ToDictionary(c => c.Id, c => Of(
            c, names, zone, c.MemberId is { } id ? members.GetValueOrDefault(id) : null, c.MemberId is { } of ? counters.GetValueOrDefault(of) : null,
            c.MemberId is { } m ? [.. segments[m]] : [], c.PurchaseId is { } purchase ? purchases.GetValueOrDefault(purchase) : null, wishes.GetValueOrDefault(c.Id)));
    }

    private static Facts Of(CaseRow c, Vocabulary names, TimeZoneInfo zone, MemberRow? member, MemberCounterRow? counters, IReadOnlyList<string> segments, PurchaseRow? purchase, string? wish)
    {
        var facts = new FactsBuilder(names).SetNow(c.CreatedAt, zone)
            .Set(names["event.category"], c.Category)
            .Set(names["event.wish"], wish)
            .Set(names["event.channel"], c.Channel.ToString())
            .Set(names["event.language"], Language(c.Language))
            .Set(names["event.store"], c.Store)
            .Set(names["event.product"], c.Product)
            .Set(names["event.repeat"], c.IsRepeat)
            .Set(names["event.account"], c.MemberId is not null)
            .Set(names["event.spent"], names.Currency.FromMinor(counters?.PurchaseTotal ?? 0))
            .Set(names["event.purchases"], (decimal)(counters?.Purchases ?? 0))
            .Set(names["event.complaints"], (decimal)(counters?.Complaints ?? 1));
        if (member is not null)
            SetMember(facts, names, zone, member, counters, segments);
        if (purchase is not null)
            SetPurchase(facts, names, purchase);
        return facts.Build();
    }

    private static void SetMember(FactsBuilder facts, Vocabulary names, TimeZoneInfo zone, MemberRow member, MemberCounterRow? counters, IReadOnlyList<string> segments)
    {
        facts.Set(Fields.CustomerTier, member.TierKey is "" ? null : member.TierKey)
            .Set(Fields.CustomerSegments, segments)
            .Set(Fields.CustomerJoined, DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(member.JoinedAt, zone)))
            .Set(Fields.CustomerBirthday, member.Birthday >= ConditionLimits.FirstDate && member.Birthday <= ConditionLimits.LastDate ? member.Birthday : null)
            .Set(Fields.CustomerLanguage, Language(member.Language))
            .Set(Fields.CustomerCity, member.City)
            .Set(Fields.CustomerInterests, Split(member.Interests))
            .Set(Fields.CustomerCompany, member.Company is not null)
            .Set(Fields.CustomerFirstPurchase, (counters?.Purchases ?? 0) == 0);
        var given = Split(member.Consents);
        foreach (var consent in names.Fields.Where(f => f.Name.StartsWith("customer.consent.", StringComparison.Ordinal)))
            facts.Set(consent, given.Contains(consent.Name["customer.consent.".Length..]));
    }

    private static void SetPurchase(FactsBuilder facts, Vocabulary names, PurchaseRow purchase)
    {
        var currency = Currency.Of(purchase.Currency);
        facts.Set(Fields.OrderCurrency, purchase.Currency).Set(Fields.OrderStore, purchase.Store).Set(Fields.OrderChannel, purchase.Channel)
            .Set(Fields.OrderQuantity, purchase.Lines.Sum(l => (decimal)l.Quantity)).WithLines();
        // Amounts of another currency cannot be compared with the programme's.
        if (currency == names.Currency)
            facts.Set(Fields.OrderTotal, currency.FromMinor(purchase.Gross - purchase.Discount)).Set(Fields.OrderSubtotal, currency.FromMinor(purchase.Gross))
                .Set(names["event.amount"], currency.FromMinor(purchase.Total));
        foreach (var line in purchase.Lines.OrderBy(l => l.Position))
        {
            var at = facts.AddLine();
            facts.SetLine(at, Fields.LineSku, line.Sku).SetLine(at, Fields.LineCategory, line.Category).SetLine(at, Fields.LineQuantity, line.Quantity);
            if (currency == names.Currency)
                facts.SetLine(at, Fields.LineTotal, currency.FromMinor(line.Net)).SetLine(at, Fields.LineUnitPrice, line.UnitPrice / 10_000m);
        }
    }

    private static string Language(string code) => code.StartsWith("id", StringComparison.OrdinalIgnoreCase) ? "id" : "en";

    private static string[] Split(string? list) => (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
}
