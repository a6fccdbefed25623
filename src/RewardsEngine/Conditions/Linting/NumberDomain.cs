using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Conditions.Linting;

/// <summary>The numbers a value can still be.</summary>
internal sealed class NumberDomain
{
    /// <summary>Whole numbers in a range this small are tried one by one.</summary>
    private const int FewEnoughToTry = 400;

    private readonly bool _isWhole;
    private decimal _low = -ConditionLimits.MaxNumber;
    private decimal _high = ConditionLimits.MaxNumber;
    private bool _isLowOpen;
    private bool _isHighOpen;
    private HashSet<decimal>? _only;
    private readonly List<(decimal Low, decimal High)> _outside = [];

    public NumberDomain(decimal? low = null, decimal? high = null, bool isWhole = false)
    {
        _low = low ?? _low;
        _high = high ?? _high;
        _isWhole = isWhole;
    }

    public NumberDomain(NumberDomain other)
    {
        (_low, _high, _isLowOpen, _isHighOpen, _isWhole) = (other._low, other._high, other._isLowOpen, other._isHighOpen, other._isWhole);
        _only = other._only is null ? null : [.. other._only];
        _outside.AddRange(other._outside);
    }

    public void Compare(CompareOperator op, decimal value)
    {
        switch (op)
        {
            case CompareOperator.Equal: Only([value]); break;
            case CompareOperator.NotEqual: Outside(value, value); break;
            case CompareOperator.GreaterOrEqual when value > _low: (_low, _isLowOpen) = (value, false); break;
            case CompareOperator.Greater when value >= _low: (_low, _isLowOpen) = (value, true); break;
            case CompareOperator.LessOrEqual when value < _high: (_high, _isHighOpen) = (value, false); break;
            case CompareOperator.Less when value <= _high: (_high, _isHighOpen) = (value, true); break;
        }
    }

    public void Only(IEnumerable<decimal> values) => _only = _only is null ? [.. values] : [.. _only.Intersect(values)];

    public void Outside(decimal low, decimal high) => _outside.Add((low, high));

    /// <summary>Whether every value is more than every value of another.</summary>
    public bool IsAbove(NumberDomain other)
    {
        var (low, isOpen) = _only is { Count: > 0 } some && some.Where(Holds).ToList() is { Count: > 0 } here ? (here.Min(), false) : (_low, _isLowOpen);
        var (high, isOtherOpen) = other._only is { Count: > 0 } rest && rest.Where(other.Holds).ToList() is { Count: > 0 } there ? (there.Max(), false) : (other._high, other._isHighOpen);
        return low > high || low == high && (isOpen || isOtherOpen);
    }

    public bool IsEmpty
    {
        get
        {
            if (_only is not null) return !_only.Any(Holds);
            if (_low > _high || _low == _high && (_isLowOpen || _isHighOpen)) return true;
            if (_isWhole && _high - _low <= FewEnoughToTry)
            {
                for (var value = decimal.Ceiling(_low); value <= _high; value++)
                    if (Holds(value)) return false;
                return true;
            }
            if (_isWhole && _low == _high && _low != decimal.Truncate(_low)) return true;
            return _outside.Exists(gap => gap.Low <= _low && gap.High >= _high);
        }
    }

    private bool Holds(decimal value) =>
        (_isLowOpen ? value > _low : value >= _low) && (_isHighOpen ? value < _high : value <= _high)
        && (!_isWhole || value == decimal.Truncate(value)) && !_outside.Exists(gap => value >= gap.Low && value <= gap.High);
}
