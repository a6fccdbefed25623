using System.Globalization;
using System.Text.Json;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Api;

/// <summary>Takes reported refunds to their use case: those of all tills that report at the same time are stored together.</summary>
internal sealed class RefundDesk : IAsyncDisposable
{
    private const int MaxLines = 10_000;

    private readonly ProgrammeStore programmes;
    private readonly RecordRefund record;
    private readonly GroupCommit<Reported, Recorded> group;

    public RefundDesk(Rewards rewards, ProgrammeStore programmes, RecordRefund record)
    {
        this.programmes = programmes;
        this.record = record;
        group = new(rewards, RecordAsync, r => r.Lane, new(Writers: 2));
    }

    public async Task<ApiOutcome<RefundAnswer>> RecordAsync(RefundRequest request, CancellationToken cancel)
    {
        var reported = new Reported(request, CultureInfo.CurrentUICulture);
        var recorded = await group.RunAsync(reported, cancel);
        while (recorded.Outcome is null)
            recorded = await group.RunAsync(reported, cancel);
        return recorded.Outcome;
    }

    public ValueTask DisposeAsync() => group.DisposeAsync();

    /// <summary>One transaction: the members are locked together, then each refund is read, decided and booked by itself.</summary>
    private async Task<IReadOnlyList<Recorded>> RecordAsync(RewardingWork work, IReadOnlyList<Reported> refunds, CancellationToken cancel)
    {
        var programme = (await programmes.CurrentAsync(work, cancel)).Programme;
        var members = await MemberLookup.LoadAsync(work.Db, refunds.Select(r => r.Request.Member).OfType<MemberReference>(), cancel);
        var sales = refunds.Select(r => r.Sale).OfType<string>().Distinct().ToList();
        await work.LoadAsync(members.All.Union(await RefundedSales.MembersAsync(work.Db, sales, cancel)), cancel);
        // Looked for under the members' locks: of two nodes that are told of the same refund, the second finds what the first stored.
        var known = await Decider.KnownAsync(work.Db, ActivityTypes.Refund, [.. refunds.Select(r => r.Reference)], cancel);
        await RefundedSales.LoadAsync(work.Db, sales, cancel);
        HashSet<string> booked = new(StringComparer.Ordinal);
        List<Recorded> all = [];
        foreach (var refund in refunds)
        {
            CultureInfo.CurrentUICulture = refund.Language;
            // The same reference twice: once the first is stored, the second is answered from it.
            var outcome = booked.Contains(refund.Reference) ? null : await RecordAsync(work, refund.Request, members, known.GetValueOrDefault(refund.Reference), programme, cancel);
            all.Add(new(outcome));
            if (outcome is { Answer: not null })
                booked.Add(refund.Reference);
        }
        return all;
    }

    private async Task<ApiOutcome<RefundAnswer>> RecordAsync(
        RewardingWork work, RefundRequest request, MemberLookup members, ActivityRow? known, Programme programme, CancellationToken cancel)
    {
        var checks = new FieldChecks();
        // A repeat is compared with what was sent then: with the membership as it was named, and its own time.
        var member = request.Member is { } named ? members.Find(named, checks, anyState: known is not null)?.Id : null;
        Moments.Check(checks, request.OccurredAt, work.Now);
        if (Read(request, member, known?.OccurredAt ?? work.Now, checks) is not { } refund)
            return checks.Problem;
        checks.Add(Intake.Check(refund, programme));
        if (!checks.Ok)
            return checks.Problem;
        var result = await record.HandleAsync(work, refund, PurchaseDesk.Source, cancel, isNew: known is null);
        return result.Succeeded
            ? new ApiOutcome<RefundAnswer>(await AnswerAsync(work, refund, result.Value, cancel), result.Value.Repeated, null)
            : Refusals.Of(result.Refusals);
    }

    /// <summary>A refund as it came in, and the language of who sent it.</summary>
    private sealed record Reported(RefundRequest Request, CultureInfo Language)
    {
        public string Reference => Request.Reference?.Trim() ?? "";

        public string? Sale => Request.PurchaseReference?.Trim() is { Length: > 0 } sale ? sale : null;

        /// <summary>What a till tells of one sale, or else of one customer, stays in order.</summary>
        public int Lane => Sale?.GetHashCode(StringComparison.Ordinal) ?? Request.Member?.GetHashCode() ?? 0;
    }

    /// <param name="Outcome">Null when the same reference stands earlier in this group.</param>
    private sealed record Recorded(ApiOutcome<RefundAnswer>? Outcome);

    private static Refund? Read(RefundRequest request, MemberId? member, DateTime occurredAt, FieldChecks checks)
    {
        var reference = checks.Text("reference", request.Reference, FieldChecks.MaxReference);
        var sale = checks.Optional("purchaseReference", request.PurchaseReference, FieldChecks.MaxReference);
        var channel = checks.Optional("channel", request.Channel, 64);
        var store = checks.Optional("store", request.Store, 64);
        var returned = Returned(request, checks);
        return checks.Ok
            ? new Refund
            {
                Reference = reference!,
                PurchaseReference = sale,
                Member = member,
                OccurredAt = request.OccurredAt ?? occurredAt,
                Returned = returned!,
                Fees = request.Fees ?? 0,
                Channel = channel,
                Store = store,
            }
            : null;
    }

    private static Returned? Returned(RefundRequest request, FieldChecks checks)
    {
        if (new[] { request.Whole is true, request.Lines is { Count: > 0 }, request.Amount is not null }.Count(given => given) != 1)
        {
            checks.Add("$", "one_of", "whole, lines, amount");
            return null;
        }
        if (request.PurchaseReference is null or "" && request.Lines is null)
        {
            checks.Add("purchaseReference", "required"); // only products can be looked for
            return null;
        }
        if (request.Whole is true)
            return new WholeSale();
        return request.Amount is { } amount ? new SomeAmount(amount) : new SomeLines(Lines(request.Lines!, checks));
    }

    private static List<ReturnedLine> Lines(IReadOnlyList<ReturnedLineRequest?> requested, FieldChecks checks)
    {
        if (requested.Count > MaxLines)
            checks.Add("lines", "count", MaxLines);
        return
        [
            .. requested.Take(MaxLines).Select((line, i) => new ReturnedLine(
                checks.Text($"lines[{i}].sku", line?.Sku, 64) ?? "",
                checks.Given($"lines[{i}].quantity", line?.Quantity),
                checks.Optional($"lines[{i}].line", line?.Line, 64),
                line?.Amount is < 0 or > Intake.MaxAmount ? Refuse(checks, $"lines[{i}].amount") : line?.Amount)),
        ];
    }

    private static decimal? Refuse(FieldChecks checks, string path)
    {
        checks.Add(path, "amount");
        return null;
    }

    private static async Task<RefundAnswer> AnswerAsync(RewardingWork work, Refund refund, RefundReceipt receipt, CancellationToken cancel)
    {
        var row = await work.Db.Set<PurchaseRow>().FindAsync([receipt.Refund], cancel);
        var account = row?.MemberId is { } id ? await work.FindAsync(id, cancel) : null;
        var outcome = receipt.Outcome;
        return new()
        {
            Id = receipt.Refund,
            Reference = refund.Reference,
            Repeated = receipt.Repeated,
            Sales =
            [
                .. outcome.Sales.Select(s => new RefundedSaleAnswer(
                    s.PurchaseReference, s.Amount, s.WholeSaleReturned, [.. s.Lines.Select(l => new ReturnedAnswer(l.LineId, l.Quantity, l.Amount))])),
            ],
            Unmatched = [.. outcome.Unmatched.Select(l => new UnmatchedAnswer(l.Sku, l.Quantity))],
            Reason = outcome.Reason is { } reason ? JsonNamingPolicy.CamelCase.ConvertName(reason.ToString()) : null,
            PointsReversed = outcome.PointsReversed(),
            Balance = account?.Wallet.Balance,
            Pending = account?.Wallet.Pending,
            Version = account?.Wallet.Version,
        };
    }
}
