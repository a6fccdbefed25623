using RewardsEngine.Programs;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>The units of a cart that no buy-X-get-Y has used yet, while one is being tried.</summary>
internal sealed class UnitPool
{
    private readonly Cart _cart;
    private readonly int[] _left;
    private readonly int[] _taken;
    private readonly decimal[] _price;

    public UnitPool(Cart cart, Basis basis)
    {
        _cart = cart;
        _left = [.. Enumerable.Range(0, cart.Count).Select(line => cart.Line(line).IsReward ? 0 : cart.FreeUnits(line))];
        _taken = new int[cart.Count];
        _price = [.. Enumerable.Range(0, cart.Count).Select(line => Discounts.UnitBasis(cart, line, basis))];
    }

    /// <summary>The price of one unit of a line when the trial began.</summary>
    public decimal Price(int line) => _price[line];

    /// <summary>Takes exactly so many units from the lines in the given order, or none.</summary>
    public List<(int Line, int Units)>? Reserve(IEnumerable<int> lines, int units)
    {
        var parts = Upto(lines, units);
        if (parts.Sum(part => part.Units) == units) return parts;
        Return(parts);
        return null;
    }

    /// <summary>Takes at most so many units.</summary>
    public List<(int Line, int Units)> Upto(IEnumerable<int> lines, int units)
    {
        var parts = new List<(int, int)>();
        foreach (var line in lines)
        {
            var part = Math.Min(units, _left[line]);
            if (part == 0) continue;
            _left[line] -= part;
            _taken[line] += part;
            units -= part;
            parts.Add((line, part));
            if (units == 0) break;
        }
        return parts;
    }

    /// <summary>Takes the same units again as often as the lines have them; returns how often.</summary>
    public int Repeat(IReadOnlyList<(int Line, int Units)> parts, int atMost)
    {
        var times = (long)Math.Max(0, atMost);
        foreach (var line in parts.GroupBy(part => part.Line)) times = Math.Min(times, _left[line.Key] / line.Sum(part => (long)part.Units));
        foreach (var (line, units) in parts)
        {
            _left[line] -= units * (int)times;
            _taken[line] += units * (int)times;
        }
        return (int)times;
    }

    /// <summary>Puts units back.</summary>
    public void Return(IEnumerable<(int Line, int Units)> parts)
    {
        foreach (var (line, units) in parts)
        {
            _left[line] += units;
            _taken[line] -= units;
        }
    }

    /// <summary>Everything taken is used from now on, at the price that is left of it.</summary>
    public void MarkUsed(int[]? given = null, decimal percentOff = 0m)
    {
        for (var line = 0; line < _taken.Length; line++)
        {
            if (_taken[line] == 0) continue;
            var free = given?[line] ?? 0;
            _cart.Use(line, _taken[line], _price[line] * (_taken[line] - free) + _price[line] * free * (100m - percentOff) / 100m);
        }
    }
}
