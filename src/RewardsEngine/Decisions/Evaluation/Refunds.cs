using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Programs;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>
/// Takes back what a sale gave, by the share that came back. Each step is the difference of two rounded running totals, so
/// any sequence of partial refunds sums to the full reversal and a repeated one changes nothing.
/// </summary>
internal sealed class Refunds
{
    private readonly Programme _programme;
    private readonly Decision _sale;
    private readonly LineReturn[] _before;
    private readonly LineReturn[] _now;

    private Refunds(Programme programme, Sale sale)
    {
        _programme = programme;
        _sale = sale.Decision;
        _before = [.. _sale.Lines.Select(line => Sum(line.LineId, sale.Returned))];
        _now = [.. _sale.Lines.Select(line => new LineReturn(line.LineId, 0, 0m))];
    }

    public static RefundDecision Decide(Programme programme, Sale? sale, Refund refund)
    {
        if (sale is null) return new() { Reference = refund.Reference, Reason = RefundReason.NoMatchingSale };
        var refunds = new Refunds(programme, sale);
        var fellShort = refund.Returned switch
        {
            WholeSale => refunds.Whole(),
            SomeLines lines => refunds.Some(lines),
            SomeAmount amount => refunds.Amount(amount.Amount),
            _ => throw new ArgumentException("Not a kind of return.", nameof(refund)),
        };
        return refunds.Result(refund, fellShort);
    }

    private RefundDecision Result(Refund refund, bool fellShort)
    {
        var lines = _now.Where(line => line.Quantity > 0 || line.Amount > 0).ToList();
        var whole = Enumerable.Range(0, _now.Length).All(line => ShareOf(line, after: true) is var (returned, sold) && returned >= sold);
        var wasWhole = Enumerable.Range(0, _now.Length).All(line => ShareOf(line, after: false) is var (returned, sold) && returned >= sold);
        return new()
        {
            Reference = refund.Reference,
            PurchaseReference = _sale.Reference,
            Lines = lines,
            Amount = lines.Sum(line => line.Amount),
            WholeSaleReturned = whole && !wasWhole,
            Effects = [.. Reversed(), .. whole && !wasWhole ? GivenBack() : []],
            Reason = lines.Count == 0 ? RefundReason.AlreadyReturned : fellShort ? RefundReason.PartlyReturnedBefore : null,
        };
    }

    private bool Whole()
    {
        for (var line = 0; line < _now.Length; line++) ReturnUnits(line, _sale.Lines[line].Quantity - _before[line].Quantity, null);
        return _before.Any(line => line.Quantity > 0 || line.Amount > 0);
    }

    private bool Some(SomeLines asked)
    {
        var fellShort = false;
        foreach (var wanted in asked.Lines)
        {
            var left = wanted.Quantity;
            for (var line = 0; line < _now.Length && left > 0; line++)
            {
                var sold = _sale.Lines[line];
                if (wanted.LineId is { } id ? sold.LineId != id : sold.Sku != wanted.Sku) continue;
                var units = Math.Min(left, sold.Quantity - _before[line].Quantity - _now[line].Quantity);
                if (units <= 0) continue;
                ReturnUnits(line, units, wanted.Amount is { } amount ? amount * units / wanted.Quantity : null);
                left -= units;
            }
            fellShort |= left > 0;
        }
        return fellShort;
    }

    private bool Amount(decimal amount)
    {
        decimal[] left = [.. Enumerable.Range(0, _now.Length).Select(line => Math.Max(0m, _sale.Lines[line].Net - _before[line].Amount))];
        var shares = Shares.OfMoney(_sale.Currency.Round(amount), left, left, _sale.Currency, _programme.Points.Remainder, FloorOverflow.Redistribute);
        for (var line = 0; line < _now.Length; line++) _now[line] = _now[line] with { Amount = shares[line] };
        return shares.Sum() < _sale.Currency.Round(amount);
    }

    private void ReturnUnits(int line, int units, decimal? amount)
    {
        if (units <= 0) return;
        var sold = _sale.Lines[line];
        var (before, now) = (_before[line], _now[line]);
        // Cumulative here too: the parts of a price always sum to the price.
        var share = _sale.Currency.Round(sold.Net * (before.Quantity + now.Quantity + units) / sold.Quantity) - _sale.Currency.Round(sold.Net * (before.Quantity + now.Quantity) / sold.Quantity);
        var left = Math.Max(0m, sold.Net - before.Amount - now.Amount);
        _now[line] = new(sold.LineId, now.Quantity + units, now.Amount + Math.Min(left, _sale.Currency.Round(amount ?? share)));
    }

    /// <summary>How much of a line is back: by units or by money, whichever is more.</summary>
    private (decimal Returned, decimal Sold) ShareOf(int line, bool after)
    {
        var sold = _sale.Lines[line];
        var units = _before[line].Quantity + (after ? _now[line].Quantity : 0);
        var amount = _before[line].Amount + (after ? _now[line].Amount : 0m);
        return sold.Net <= 0 || units * sold.Net >= amount * sold.Quantity ? (units, sold.Quantity) : (amount, sold.Net);
    }

    private IEnumerable<RefundEffect> Reversed()
    {
        foreach (var award in _sale.Effects.OfType<AwardPoints>())
        {
            var lines = _programme.Points.Reversal == ReversalMethod.ProportionalToAmount ? OfWhole(award) : OfLines(award);
            var points = lines.Sum(line => line.Points);
            if (points > 0) yield return new ReversePoints(award.Rule, award.Version, points, award.Qualifying > 0 ? points : 0, [.. lines.Where(line => line.Points > 0)]);
        }
    }

    private List<LinePoints> OfLines(AwardPoints award)
    {
        var lines = new List<LinePoints>();
        foreach (var part in award.Allocation)
        {
            var line = _sale.Lines.ToList().FindIndex(sold => sold.LineId == part.LineId);
            var (before, now) = (ShareOf(line, after: false), ShareOf(line, after: true));
            lines.Add(new(part.LineId, Back(part.Points, now) - Back(part.Points, before)));
        }
        return lines;
    }

    private List<LinePoints> OfWhole(AwardPoints award)
    {
        var sold = _sale.Lines.Sum(line => line.Net);
        var before = _before.Sum(line => line.Amount);
        var back = Back(award.Points, (before + _now.Sum(line => line.Amount), sold)) - Back(award.Points, (before, sold));
        var weights = _now.Select(line => line.Amount).ToList();
        var shares = Shares.OfPoints(back, weights, _programme.Points.Remainder);
        return [.. Enumerable.Range(0, shares.Length).Select(line => new LinePoints(_sale.Lines[line].LineId, shares[line]))];
    }

    private long Back(long earned, (decimal Returned, decimal Sold) share) =>
        share.Returned <= 0 ? 0 : Reversals.Cumulative(earned, share.Returned, share.Sold, _programme.Points.ReversalRounding);

    /// <summary>What goes back only with the whole sale.</summary>
    private IEnumerable<RefundEffect> GivenBack()
    {
        foreach (var effect in _sale.Effects)
        {
            RefundEffect? back = effect switch
            {
                IssueVoucher => new RevokeVouchers(effect.Rule, effect.Version),
                UseCode { Release: true } code => new ReleaseCode(effect.Rule, effect.Version, code.Code),
                UseVoucher voucher => new ReleaseVoucher(effect.Rule, effect.Version, voucher.Code),
                CountUse { Release: true } use => new ReleaseUse(effect.Rule, effect.Version, use.Uses, use.Points, use.ForEveryone),
                TakeBudget budget => ReturnOf(budget),
                TakeStock stock => new ReturnStock(effect.Rule, effect.Version, stock.Sku, stock.Quantity),
                _ => null,
            };
            if (back is not null) yield return back;
        }
    }

    /// <summary>Money and points come back in any case, uses only where the rule gives them back.</summary>
    private ReturnBudget? ReturnOf(TakeBudget budget)
    {
        var uses = _sale.Effects.OfType<CountUse>().Any(use => use.Rule == budget.Rule && !use.Release) ? 0 : budget.Uses;
        return budget is { Spend: 0, Points: 0 } && uses == 0 ? null : new(budget.Rule, budget.Version, budget.Spend, budget.Points, uses);
    }

    private static LineReturn Sum(string lineId, IReadOnlyList<LineReturn> returned)
    {
        var of = returned.Where(line => line.LineId == lineId).ToList();
        return new(lineId, of.Sum(line => line.Quantity), of.Sum(line => line.Amount));
    }
}
