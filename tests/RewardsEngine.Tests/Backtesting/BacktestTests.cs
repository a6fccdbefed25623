using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Backtesting;
using RewardsEngine.Decisions;
using RewardsEngine.Json;
using RewardsEngine.Members;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Tests.Decisions;
using RewardsEngine.Values;

namespace RewardsEngine.Tests.Backtesting;

public sealed class BacktestTests
{
    private static readonly Rule Base = Sample.OnPurchase("base", new PointsPerAmount { Points = 1, Per = 10_000, Mode = AmountMode.FullSteps });

    private static BacktestReport Run(CompiledRuleSet live, CompiledRuleSet draft, BacktestInput input, IProgress<BacktestProgress>? progress = null) =>
        Backtest.Run(live, draft, input, progress, TestContext.Current.CancellationToken);

    private static MemberId MemberNumber(int number) => new(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));

    private static BacktestInput History(int purchases, int members = 10) => new()
    {
        Opening = [.. Enumerable.Range(0, members).Select(number => new MemberSnapshot { Id = MemberNumber(number), Joined = Sample.Noon.AddYears(-1), Segments = number % 2 == 0 ? ["even"] : [] })],
        Events = [.. Enumerable.Range(0, purchases).Select(index => new BacktestEvent(new Purchase
        {
            Reference = $"p{index}",
            Member = MemberNumber(index % members),
            OccurredAt = Sample.Noon.AddMinutes(index),
            Currency = Currency.Idr,
            Lines = [Sample.Line("latte", 35_000, 1 + index % 3, "coffee"), Sample.Line("cake", 40_000 + index % 7 * 1_000)],
        }))],
    };

    [Fact]
    public void A_draft_that_changes_nothing_touches_nobody()
    {
        var report = Run(Sample.Rules(Base), Sample.Rules(Base), History(50));

        Assert.Equal((50, 10, 0, 0, 0), (report.Activities, report.Members, report.Touched, report.Winners, report.Losers));
        Assert.Equal(report.Live, report.Draft);
        Assert.Empty(report.Examples);
    }

    [Fact]
    public void A_better_draft_makes_winners_and_tells_what_it_costs_with_examples_and_why()
    {
        var twice = Sample.OnPurchase("twice", new PointsMultiplier { Factor = 2 }) with { Audience = new() { Segments = ["even"] } };

        var report = Run(Sample.Rules(Base), Sample.Rules(Base, twice), History(50));

        Assert.Equal((5, 5, 0), (report.Touched, report.Winners, report.Losers));
        Assert.Equal(report.Segments.Single(segment => segment.Segment == "even").LivePoints * 2, report.Segments.Single(segment => segment.Segment == "even").DraftPoints);
        Assert.Equal(report.Draft.Points - report.Live.Points, report.Rules.Single(rule => rule.Rule.Value == "twice").DraftPoints);
        Assert.Equal(report.Draft.Points, report.Draft.Outstanding);
        Assert.All(report.Examples, example => Assert.Contains(example.Draft.Explanation.Applied, rule => rule.Rule.Value == "twice"));
    }

    [Fact]
    public void Limits_budgets_counters_and_caps_evolve_as_they_would_have()
    {
        var once = Sample.OnPurchase("once", new FixedPoints { Points = 100 }) with { Limits = [new(1)] };
        var budget = Sample.OnPurchase("budget", new FixedPoints { Points = 10 }) with { Budget = new() { Points = 35 } };
        var third = Sample.OnPurchase("third", new FixedPoints { Points = 7 }) with { Condition = "purchases.last(30 days).count = 2" };
        var capped = Base with { Caps = [new(20, Span.Ever)] };

        var report = Run(Sample.Rules(Base), Sample.Rules(capped, once, budget, third), History(50));

        long Points(string rule) => report.Rules.Single(found => found.Rule.Value == rule).DraftPoints;
        Assert.Equal((200L, 1_000L, 30L, 70L), (Points("base"), Points("once"), Points("budget"), Points("third")));
    }

    [Fact]
    public void Refunds_spending_and_expiry_are_replayed()
    {
        var history = History(4, 1);
        var events = history.Events.ToList();
        events.Add(new(new Refund { Reference = "r", Member = MemberNumber(0), OccurredAt = Sample.Noon.AddDays(1), PurchaseReference = "p0", Returned = new WholeSale() }));
        events.Add(new(null, new PointsSpent(MemberNumber(0), Sample.Noon.AddDays(30), 5)));
        events.Add(new(new Visit { Reference = "v", Member = MemberNumber(0), OccurredAt = Sample.Noon.AddYears(2) }));

        var report = Run(Sample.Rules(Base), Sample.Rules(Base), history with { Events = events });

        Assert.Equal(report.Live.Points, report.Live.Expired + 5);
        Assert.Equal(0, report.Live.Outstanding);
    }

    [Fact]
    public void A_return_takes_back_from_the_very_lot_of_its_sale()
    {
        // The first sale's points never expire, the second's do: after its return only the first's are left, and none expire.
        var early = Sample.OnPurchase("early", new FixedPoints { Points = 10 }) with { Schedule = new() { To = DateOnly.FromDateTime(Sample.Noon) } };
        var late = Sample.OnPurchase("late", new FixedPoints { Points = 10 }) with { Schedule = new() { From = DateOnly.FromDateTime(Sample.Noon).AddDays(1) }, Expiry = new ExpiryPolicy.Rolling(new CalendarSpan(365)) };
        var member = MemberNumber(0);
        Purchase Sale(string reference, int day) => (Purchase)History(1, 1).Events[0].Activity! with { Reference = reference, OccurredAt = Sample.Noon.AddDays(day) };
        BacktestInput history = new()
        {
            Events =
            [
                new(Sale("a", 0)), new(Sale("b", 5)), new(null, new PointsSpent(member, Sample.Noon.AddDays(60), 4)),
                new(new Refund { Reference = "r", Member = member, OccurredAt = Sample.Noon.AddDays(61), PurchaseReference = "b", Returned = new WholeSale() }),
                new(new Visit { Reference = "v", Member = member, OccurredAt = Sample.Noon.AddDays(100) }),
            ],
        };

        var report = Run(Sample.Rules(early, late), Sample.Rules(early, late), history);

        // 4 of the second lot were spent before: its other 6 go, the 4 are owed and repaid from the first lot.
        Assert.Equal((10L, 6L, 0L), (report.Live.Points, report.Live.Outstanding, report.Live.Expired));
    }

    [Fact]
    public void The_same_history_gives_the_same_report_every_time_and_progress_is_shown()
    {
        var draft = Sample.Rules(Base, Sample.OnPurchase("off", new PercentOffOrder { Percent = 5 }) with { Condition = "order.total >= 100000" });
        var progress = new List<BacktestProgress>();

        var first = Run(Sample.Rules(Base), draft, History(2_000), new Collect(progress));

        Assert.Equal(EngineJson.Write(first), EngineJson.Write(Run(Sample.Rules(Base), draft, History(2_000))));
        Assert.Equal(new(2_000, 2_000), progress[^1]);
    }

    [Fact]
    public void It_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Backtest.Run(Sample.Rules(Base), Sample.Rules(Base), History(50), null, stop.Token));
    }

    private sealed class Collect(List<BacktestProgress> into) : IProgress<BacktestProgress>
    {
        public void Report(BacktestProgress value) => into.Add(value);
    }
}
