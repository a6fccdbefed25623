using System.Globalization;

namespace RewardsEngine.Tests.Properties;

/// <summary>How many random cases a property is tried on: LOYALTY_PROPERTY_RUNS, else as many as every build can afford. Runs on all processors; the first failure names its seed.</summary>
internal static class Runs
{
    private const int CartsPerScene = 20;

    public static int? Wanted { get; } = int.TryParse(Environment.GetEnvironmentVariable("LOYALTY_PROPERTY_RUNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var runs) ? runs : null;

    /// <summary>Tries something for each seed from 0.</summary>
    public static void Each(int usually, Action<int> check, int? atMost = null)
    {
        var count = Math.Min(Wanted ?? usually, atMost ?? int.MaxValue);
        Parallel.For(0, count, (seed, state) =>
        {
            try
            {
                check(seed);
            }
            catch (Exception failure)
            {
                state.Stop();
                throw new InvalidOperationException($"seed {seed}: {failure.Message}", failure);
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} cases");
    }

    /// <summary>Tries something on random carts, some of them under the same rules.</summary>
    public static void Carts(int usually, Action<RandomScene, RewardsEngine.Programs.CompiledRuleSet> check) => Each(Math.Max(1, usually / CartsPerScene), seed =>
    {
        var scene = new RandomScene(seed);
        var rules = scene.Compile();
        for (var cart = 0; cart < CartsPerScene; cart++)
        {
            try
            {
                check(scene, rules);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"cart {cart}: {failure.Message}", failure);
            }
            scene.NextCart();
        }
    }, Wanted is { } wanted ? Math.Max(1, wanted / CartsPerScene) : null);
}
