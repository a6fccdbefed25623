using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using RewardsEngine.Activities;
using RewardsEngine.Values;

namespace Portal.Api;

/// <summary>Takes one reported sale or cart to its use case and puts what comes back into the API's words.</summary>
internal sealed class PurchaseDesk(Rewards rewards, ProgrammeStore programmes, RecordPurchase record)
{
    public const string Source = "api";

    public Task<ApiOutcome<PurchaseAnswer>> RecordAsync(PurchaseRequest request, CancellationToken cancel) =>
        Attempts.OnceMoreAsync(async () => await RecordOnceAsync(request, cancel) ?? (await RecordOnceAsync(request, cancel))!);

    /// <returns>Null when the same sale was stored by somebody else while this one waited: the next try finds it and its time.</returns>
    private async Task<ApiOutcome<PurchaseAnswer>?> RecordOnceAsync(PurchaseRequest request, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        var checks = new FieldChecks();
        var programme = (await programmes.CurrentAsync(work.Db, cancel)).Programme;
        var known = request.Reference is { Length: > 0 } reference
            ? await Decider.KnownAsync(work.Db, ActivityTypes.Purchase, reference.Trim(), cancel)
            : null;
        // A repeat is compared with what was sent then: with the membership as it was named, and its own time.
        var member = await MemberAsync(work, request.Member, checks, repeat: known is not null, cancel);
        Moments.Check(checks, request.OccurredAt, work.Now);
        if (new PurchaseReading(checks).Read(request, member, known?.OccurredAt ?? work.Now, programme) is not { } purchase)
            return checks.Problem;
        var result = await record.HandleAsync(work, purchase, Source, cancel);
        if (known is null && !result.Succeeded && result.Refusals[0].Code == "reference.conflict")
            return null;
        if (!result.Succeeded)
            return Refusals.Of(result.Refusals);
        await work.CommitAsync(cancel);
        return new ApiOutcome<PurchaseAnswer>(PurchaseAnswer.Of(result.Value, programme, Names(purchase)), result.Value.Repeated, null);
    }

    public async Task<ApiOutcome<QuoteAnswer>> QuoteAsync(PurchaseRequest request, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel); // read under the lock, never committed
        var checks = new FieldChecks();
        var programme = (await programmes.CurrentAsync(work.Db, cancel)).Programme;
        var member = await MemberAsync(work, request.Member, checks, repeat: false, cancel);
        Moments.Check(checks, request.OccurredAt, work.Now);
        var cart = request with { Reference = request.Reference is { Length: > 0 } given ? given : "quote" };
        if (new PurchaseReading(checks).Read(cart, member, work.Now, programme) is not { } purchase)
            return checks.Problem;
        var account = member is { } id ? await work.FindAsync(id, cancel) : null;
        account?.Settle(purchase.OccurredAt, work.Now);
        var decision = await rewards.PreviewAsync(work, account, purchase, cancel);
        return new(QuoteAnswer.Of(decision, programme, Names(purchase)), Repeated: true, null);
    }

    private static async Task<MemberId?> MemberAsync(RewardingWork work, MemberReference? member, FieldChecks checks, bool repeat, CancellationToken cancel) =>
        member is null ? null : (await MemberLookup.FindAsync(work.Db, member, checks, anyState: repeat, cancel))?.Id;

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
