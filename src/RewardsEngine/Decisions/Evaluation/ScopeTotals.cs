using RewardsEngine.Accounting;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>
/// A fixed amount off the total of a scope. Where scopes overlap it is charged first to lines nothing else wants, so that
/// the result depends neither on the order of lines nor on the order of rules.
/// </summary>
internal static class ScopeTotals
{
    public static void Apply(Cart cart, AmountOffScopeTotal effect, DiscountContext context, DiscountResult result)
    {
        var lines = Discounts.LinesIn(cart, effect.Scope);
        var room = lines.Sum(line => cart[line].Room);
        if (room <= 0) return;
        result.Steps.Add(new BasisStep(BasisKind.Lines, lines.Sum(line => cart[line].Left), Discounts.Names(cart, lines)));
        result.Steps.Add(new FixedStep(effect.Amount, 1, effect.Amount, false));
        var wanted = cart.Currency.Round(effect.Amount);
        if (wanted > room) result.Steps.Add(new CapStep(CapKind.Price, null, room, 0m, wanted, room, false));
        var amount = Math.Min(wanted, room);
        if (context.Most is { } most) amount = Math.Min(amount, most);

        var contenders = context.Contenders().Select(other => (Lines: Discounts.LinesIn(cart, other.Scope), Amount: cart.Currency.ToMinor(other.Amount))).ToList();
        var contested = lines.Where(line => contenders.Any(other => other.Lines.Contains(line))).ToList();
        var free = lines.Except(contested).ToList();
        var wished = new decimal[cart.Count];
        var toFree = Math.Min(amount, free.Sum(line => cart[line].Room));
        Charge(cart, free, toFree, context.Reckoning.Remainder, wished);
        Charge(cart, contested, amount - toFree, context.Reckoning.Remainder, wished);
        if (contested.Count > 0) MakeRoom(cart, lines, contenders, wished);
        Discounts.TakeWished(cart, wished, context with { Most = null }, result);
    }

    private static void Charge(Cart cart, List<int> lines, decimal amount, RemainderMethod remainder, decimal[] wished)
    {
        var shares = Shares.OfMoney(amount, [.. lines.Select(line => cart[line].Left)], [.. lines.Select(line => cart[line].Room)],
            cart.Currency, remainder, FloorOverflow.Redistribute);
        for (var index = 0; index < lines.Count; index++) wished[lines[index]] = shares[index];
    }

    /// <summary>Moves shares to other lines of the scope as long as that lets another discount take more (augmenting paths).</summary>
    private static void MakeRoom(Cart cart, List<int> lines, List<(List<int> Lines, long Amount)> contenders, decimal[] wished)
    {
        var scopes = contenders.Select(other => other.Lines).Prepend(lines).ToList();
        var free = new long[cart.Count];
        var flow = new long[scopes.Count, cart.Count];
        for (var line = 0; line < cart.Count; line++)
        {
            flow[0, line] = cart.Currency.ToMinor(wished[line]);
            free[line] = cart.Currency.ToMinor(cart[line].Room) - flow[0, line];
        }
        for (var effect = 1; effect < scopes.Count; effect++)
        {
            var left = contenders[effect - 1].Amount;
            while (left > 0 && Push(effect, left, scopes, flow, free) is var moved and > 0) left -= moved;
        }
        for (var line = 0; line < cart.Count; line++) wished[line] = cart.Currency.FromMinor(flow[0, line]);
    }

    private static long Push(int from, long most, List<List<int>> scopes, long[,] flow, long[] free)
    {
        var cameFrom = new Dictionary<int, (int Effect, int ViaLine)>(); // line reached, by which effect, which gave up which line
        var queue = new Queue<(int Effect, int ViaLine)>([(from, -1)]);
        var seen = new HashSet<int> { from };
        while (queue.TryDequeue(out var step))
        {
            foreach (var line in scopes[step.Effect])
            {
                if (!cameFrom.TryAdd(line, step)) continue;
                if (free[line] > 0) return Move(line, most, cameFrom, flow, free);
                for (var other = 0; other < scopes.Count; other++)
                    if (flow[other, line] > 0 && seen.Add(other)) queue.Enqueue((other, line));
            }
        }
        return 0;
    }

    private static long Move(int end, long most, Dictionary<int, (int Effect, int ViaLine)> cameFrom, long[,] flow, long[] free)
    {
        var amount = Math.Min(most, free[end]);
        for (var line = end; line >= 0;)
        {
            var (effect, via) = cameFrom[line];
            if (via >= 0) amount = Math.Min(amount, flow[effect, via]);
            line = via;
        }
        free[end] -= amount;
        for (var line = end; line >= 0;)
        {
            var (effect, via) = cameFrom[line];
            flow[effect, line] += amount;
            if (via >= 0) flow[effect, via] -= amount;
            line = via;
        }
        return amount;
    }
}
