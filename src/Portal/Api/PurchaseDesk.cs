using System.Globalization;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Api;

/// <summary>Takes reported sales and carts to their use case and puts what comes back into the API's words.</summary>
internal sealed class PurchaseDesk : IAsyncDisposable
{
    public const string Source = "api";

    private readonly Rewards rewards;
    private readonly ProgrammeStore programmes;
    private readonly RecordPurchase record;
    private readonly GroupCommit<Reported, Recorded> group;

    public PurchaseDesk(Rewards rewards, ProgrammeStore programmes, RecordPurchase record)
    {
        this.rewards = rewards;
        this.programmes = programmes;
        this.record = record;
        group = new(rewards, RecordAsync, s => s.Lane, new(Writers: 2));
    }

    /// <summary>Sales of all tills that report at the same time are decided one after the other and stored together.</summary>
    public async Task<ApiOutcome<PurchaseAnswer>> RecordAsync(PurchaseRequest request, CancellationToken cancel)
    {
        var reported = new Reported(request, CultureInfo.CurrentUICulture);
        var recorded = await group.RunAsync(reported, cancel);
        while (recorded.IsEarlierInGroup)
            recorded = await group.RunAsync(reported, cancel);
        if (recorded.Problem is { } problem)
            return problem;
        if (!recorded.Result!.Succeeded)
            return Refusals.Of(recorded.Result.Refusals);
        var receipt = recorded.Result.Value;
        return new ApiOutcome<PurchaseAnswer>(PurchaseAnswer.Of(receipt, recorded.Programme!, Names(recorded.Purchase!)), receipt.Repeated, null);
    }

    public ValueTask DisposeAsync() => group.DisposeAsync();

    /// <summary>One transaction: the members are found and locked together, then each sale is read, decided and booked by itself.</summary>
    private async Task<IReadOnlyList<Recorded>> RecordAsync(RewardingWork work, IReadOnlyList<Reported> sales, CancellationToken cancel)
    {
        var programme = (await programmes.CurrentAsync(work, cancel)).Programme;
        var members = await MemberLookup.LoadAsync(work.Db, sales.Select(s => s.Request.Member).OfType<MemberReference>(), cancel);
        await work.LoadAsync(members.All, cancel, credits: true);
        // Looked for under the members' locks: of two nodes that are told of the same sale, the second finds what the first stored.
        var known = await Decider.KnownAsync(work.Db, ActivityTypes.Purchase, [.. sales.Select(s => s.Reference)], cancel);
        HashSet<string> booked = new(StringComparer.Ordinal);
        List<Recorded> all = [];
        foreach (var sale in sales)
        {
            CultureInfo.CurrentUICulture = sale.Language;
            all.Add(booked.Contains(sale.Reference)
                ? new Recorded { IsEarlierInGroup = true }
                : await RecordAsync(work, sale, members, known.GetValueOrDefault(sale.Reference), programme, cancel));
            if (all[^1].Result is { Succeeded: true })
                booked.Add(sale.Reference);
        }
        return all;
    }

    private async Task<Recorded> RecordAsync(RewardingWork work, Reported sale, MemberLookup members, ActivityRow? known, Programme programme, CancellationToken cancel)
    {
        var checks = new FieldChecks();
        // A repeat is compared with what was sent then: with the membership as it was named, and its own time.
        var member = sale.Request.Member is { } named ? members.Find(named, checks, anyState: known is not null)?.Id : null;
        Moments.Check(checks, sale.Request.OccurredAt, work.Now);
        if (new PurchaseReading(checks).Read(sale.Request, member, known?.OccurredAt ?? work.Now, programme) is not { } purchase)
            return new() { Problem = checks.Problem };
        return new() { Result = await record.HandleAsync(work, purchase, Source, cancel, isNew: known is null), Purchase = purchase, Programme = programme };
    }

    /// <summary>A sale as it came in, and the language of who sent it.</summary>
    private sealed record Reported(PurchaseRequest Request, CultureInfo Language)
    {
        public string Reference => Request.Reference?.Trim() ?? "";

        /// <summary>A till names its customers in one way: what it tells of one of them stays in order.</summary>
        public int Lane => (Request.Member?.GetHashCode() ?? Request.Reference?.GetHashCode(StringComparison.Ordinal)) ?? 0;
    }

    private sealed record Recorded
    {
        public ApiProblem? Problem { get; init; }
        public Result<PurchaseReceipt>? Result { get; init; }
        public Purchase? Purchase { get; init; }
        public Programme? Programme { get; init; }

        /// <summary>The same reference stands earlier in this group: it is answered from what is stored, once it is.</summary>
        public bool IsEarlierInGroup { get; init; }
    }

    public async Task<ApiOutcome<QuoteAnswer>> QuoteAsync(PurchaseRequest request, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel); // read under the lock, never committed
        var checks = new FieldChecks();
        var programme = (await programmes.CurrentAsync(work.Db, cancel)).Programme;
        var member = request.Member is { } named ? (await MemberLookup.FindAsync(work.Db, named, checks, anyState: false, cancel))?.Id : null;
        Moments.Check(checks, request.OccurredAt, work.Now);
        var cart = request with { Reference = request.Reference is { Length: > 0 } given ? given : "quote" };
        if (new PurchaseReading(checks).Read(cart, member, work.Now, programme) is not { } purchase)
            return checks.Problem;
        var account = member is { } id ? await work.FindAsync(id, cancel) : null;
        account?.Settle(purchase.OccurredAt, work.Now);
        var decision = await rewards.PreviewAsync(work, account, purchase, cancel);
        return new(QuoteAnswer.Of(decision, programme, Names(purchase)), Repeated: true, null);
    }

    private static Dictionary<string, string> Names(Purchase purchase) =>
        purchase.Lines.Where(l => l.Name is not null).ToDictionary(l => l.Id, l => l.Name!);
}

internal static class Moments
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(10);

    /// <summary>A till's clock may be a little fast; what lies further ahead is a mistake.</summary>
    public static void Check(FieldChecks checks, DateTime? occurredAt, DateTime now)
    {
        if (occurredAt > now + Skew)
            checks.Add("occurredAt", "future");
    }
}

internal static class Refusals
{
    /// <summary>A use case's refusal as a problem: what is not there, what contradicts what is stored; all else names its field.</summary>
    public static ApiProblem Of(IReadOnlyList<Refusal> refusals) => refusals[0].Code switch
    {
        "hold.unknown" or "voucher.unknown" => new(StatusCodes.Status404NotFound, refusals[0].Code),
        "reference.conflict" or "points.short" or "hold.closed" or "voucher.unusable" => Conflict(refusals[0]),
        _ => ApiProblem.Invalid([.. refusals.Select(Field)]),
    };

    private static ApiProblem Conflict(Refusal refusal) =>
        new(StatusCodes.Status409Conflict, refusal.Code, refusal.Field is { } field ? [new(field, refusal.Code, refusal.Values)] : null, refusal.Values);

    private static FieldError Field(Refusal refusal) =>
        new(refusal.Field ?? "$", refusal.Code, refusal.Values) { Text = (refusal.Values is [LocalizedText text, ..] ? text : null)?.In(PricedAnswer.Language) };
}
