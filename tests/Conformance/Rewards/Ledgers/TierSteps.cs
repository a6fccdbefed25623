using System.Collections.Immutable;
using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace Conformance.Rewards.Ledgers;

/// <summary>Tiers.</summary>
public static class TierSteps
{
    public static Task<Answer> Window(RewardCase of, Words words, IBookkeeping books)
    {
        var period = words.Text("period") switch
        {
            "calendar_month" => CalendarPeriod.Month,
            "calendar_quarter" => CalendarPeriod.Quarter,
            "calendar_year" => CalendarPeriod.Year,
            var other => throw new UnknownWordException($"period \"{other}\" is not known"),
        };
        var start = words.OneOf("start", TierStart.Immediate, ("immediate", TierStart.Immediate), ("next_period", TierStart.NextPeriod));
        var expiry = words.OneOf("expiry", TierExpiry.EndOfPeriod, ("end_of_period", TierExpiry.EndOfPeriod), ("end_of_next_period", TierExpiry.EndOfNextPeriod));
        var window = Tiers.Window(words.Day("reached"), period, start, expiry, words.WholeOr("extend_days", 0));
        return Task.FromResult(new Answer().Set("start", window.First).Set("end", window.Last));
    }

    public static Task<Answer> AtReview(RewardCase of, Words words, IBookkeeping books)
    {
        var policy = words.OneOf<DowngradePolicy>("policy", null, ("balance_based", DowngradePolicy.ToFit), ("one_down", DowngradePolicy.OneDown));
        var unit = UnitOf(words, "value");
        return Task.FromResult(new Answer().Set("tier", Tiers.AtReview(StepsOf(words, unit), words.Text("current"), unit.In(words, "value"), policy).Code));
    }

    /// <summary>Earns, qualifies and spends in real books; the tier goes by the qualifying balance.</summary>
    public static async Task<Answer> ByEarned(RewardCase of, Words words, IBookkeeping books)
    {
        var member = await books.OpenMemberAsync();
        var prefix = Guid.CreateVersion7().ToString("N");
        var unit = UnitOf(words, "earned", "spent");
        var (earned, spent, at) = (unit.In(words, "earned"), unit.In(words, "spent"), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        if (earned > 0)
        {
            await member.PostAsync(new Posting($"{prefix}/earn", at), (wallet, posting) => Ledger.Accrue(wallet, posting, new Accrual(new LotId(Guid.CreateVersion7()), earned)));
            await member.PostAsync(new Posting($"{prefix}/qualify", at), (wallet, posting) => Ledger.Qualify(wallet, posting, earned));
        }
        if (spent > 0) await member.PostAsync(new Posting($"{prefix}/spend", at), (wallet, posting) => Ledger.Spend(wallet, posting, spent));
        return new Answer().Set("tier", Tiers.Reached(StepsOf(words, unit), (await member.WalletAsync()).Qualifying).Code);
    }

    private static Unit UnitOf(Words words, params IEnumerable<string> points) =>
        Unit.Of([.. points.Select(words.Text), .. words.Objects("tiers").Select(tier => tier.Text("min"))]);

    private static ImmutableArray<TierStep> StepsOf(Words words, Unit unit) =>
    [
        .. words.Objects("tiers").Select(tier =>
        {
            var step = new TierStep(tier.Text("name"), unit.In(tier, "min"));
            tier.Finish();
            return step;
        }),
    ];
}
