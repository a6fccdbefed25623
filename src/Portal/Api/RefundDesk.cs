using System.Text.Json;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using RewardsEngine.Activities;
using RewardsEngine.Values;

namespace Portal.Api;

/// <summary>Takes one reported refund to its use case.</summary>
internal sealed class RefundDesk(Rewards rewards, ProgrammeStore programmes, RecordRefund record)
{
    private const int MaxLines = 10_000;

    public Task<ApiOutcome<RefundAnswer>> RecordAsync(RefundRequest request, CancellationToken cancel) =>
        Conflicts.OnceMoreAsync(async () => await RecordOnceAsync(request, cancel) ?? (await RecordOnceAsync(request, cancel))!);

    /// <returns>Null when the same refund was stored by somebody else while this one waited: the next try finds it and its time.</returns>
    private async Task<ApiOutcome<RefundAnswer>?> RecordOnceAsync(RefundRequest request, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        var checks = new FieldChecks();
        var known = request.Reference is { Length: > 0 } reference
            ? await Decider.KnownAsync(work.Db, ActivityTypes.Refund, reference.Trim(), cancel)
            : null;
        var member = request.Member is null ? null : await MemberLookup.FindAsync(work.Db, request.Member, checks, anyState: known is not null, cancel);
        Moments.Check(checks, request.OccurredAt, work.Now);
        if (Read(request, member?.Id, known?.OccurredAt ?? work.Now, checks) is not { } refund)
            return checks.Problem;
        checks.Add(Intake.Check(refund, (await programmes.CurrentAsync(work.Db, cancel)).Programme));
        if (!checks.Ok)
            return checks.Problem;
        var result = await record.HandleAsync(work, refund, PurchaseDesk.Source, cancel);
        if (known is null && !result.Succeeded && result.Refusals[0].Code == "reference.conflict")
            return null;
        if (!result.Succeeded)
            return Refusals.Of(result.Refusals);
        await work.CommitAsync(cancel);
        return new ApiOutcome<RefundAnswer>(await AnswerAsync(work, refund, result.Value, cancel), result.Value.Repeated, null);
    }

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
