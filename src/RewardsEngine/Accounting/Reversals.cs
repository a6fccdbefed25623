namespace RewardsEngine.Accounting;

/// <summary>How much of an award a return takes back.</summary>
public static class Reversals
{
    /// <summary>What has to be reversed in all once a share of a sale has come back: rounded(earned × share), half-up.</summary>
    /// <param name="earned">What was earned.</param>
    /// <param name="returned">Amount (or quantity) returned so far, this return included.</param>
    /// <param name="sold">Amount (or quantity) sold; zero counts as wholly returned.</param>
    public static long Cumulative(long earned, decimal returned, decimal sold)
    {
        if (sold <= 0 || returned >= sold) return earned;
        return returned <= 0 ? 0 : (long)Math.Round(earned * returned / sold, MidpointRounding.AwayFromZero);
    }
}
