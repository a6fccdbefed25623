using RewardsEngine.Backtesting;
using RewardsEngine.Json;
using RewardsEngine.Members;
using RewardsEngine.Tests.Properties;
using RewardsEngine.Values;

namespace RewardsEngine.Tests.Backtesting;

/// <summary>The same history gives the same report, whoever replays it and how many at once.</summary>
public sealed class BacktestInvariants
{
    [Fact]
    public void One_thread_and_several_give_the_same_report_to_the_byte() => Runs.Each(60, seed =>
    {
        var scene = new RandomScene(seed);
        var (live, draft) = (scene.Compile(), scene.Compile(scene.Shuffle(scene.Rules).Take(1 + scene.Next(scene.Rules.Length))));
        var input = History(scene);

        var alone = EngineJson.Write(Backtest.Run(live, draft, input, threads: 1));
        var together = new string[4];
        Parallel.For(0, together.Length, run => together[run] = EngineJson.Write(Backtest.Run(live, draft, input, threads: 1 + run % 2)));

        Assert.All(together, report => Assert.Equal(alone, report));
        Assert.Contains("\"activities\":40", alone, StringComparison.Ordinal);
    });

    /// <summary>Forty sales of six members, one a day.</summary>
    private static BacktestInput History(RandomScene scene)
    {
        var members = Enumerable.Range(1, 6).Select(number => new MemberId(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1))).ToArray();
        var events = new List<BacktestEvent>();
        var opening = new List<MemberSnapshot>();
        for (var sale = 0; sale < 40; sale++)
        {
            if (sale > 0) scene.NextCart();
            var member = members[scene.Next(members.Length)];
            events.Add(new(scene.Cart with { Reference = $"p-{sale}", Member = member, OccurredAt = scene.Cart.OccurredAt.AddDays(sale) }));
            if (opening.TrueForAll(known => known.Id != member)) opening.Add(new MemberSnapshot { Id = member, Joined = scene.Cart.OccurredAt.AddYears(-1), Tier = scene.Next(2) == 0 ? "gold" : null });
        }
        return new() { Opening = opening, Events = events };
    }
}
