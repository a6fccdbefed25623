using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace RewardsEngine.Backtesting;

/// <summary>Replays a history through a draft and through the live rules, with the same engine. The same input gives the same report.</summary>
public static class Backtest
{
    /// <summary>Replays both sides at once.</summary>
    /// <param name="live">The rules in force.</param>
    /// <param name="draft">The rules as they would be.</param>
    /// <param name="input">The history.</param>
    /// <param name="progress">Told from time to time, from another thread.</param>
    /// <param name="cancel">Stops the replay.</param>
    /// <param name="threads">How many may be used: with one, a side is replayed after the other. The report is the same.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static BacktestReport Run(CompiledRuleSet live, CompiledRuleSet draft, BacktestInput input, IProgress<BacktestProgress>? progress = null, CancellationToken cancel = default, int threads = 2)
    {
        var (left, right) = (new Simulation(live, input), new Simulation(draft, input));
        var total = input.Events.Count;
        void Live() => left.Replay(_ => { }, cancel);
        void Draft() => right.Replay(done => progress?.Report(new(done, total)), cancel);
        if (threads > 1) BothSides(Live, Draft);
        else
        {
            Live();
            Draft();
        }
        return new Comparison(live, draft, input, left, right).Report(cancel);
    }

    /// <summary>Runs both and lets the fault of either through as it is.</summary>
    internal static void BothSides(Action live, Action draft)
    {
        try
        {
            Parallel.Invoke(live, draft);
        }
        catch (AggregateException both)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(both.InnerExceptions[0]);
        }
    }
}
