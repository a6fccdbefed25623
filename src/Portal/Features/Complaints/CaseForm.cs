namespace Portal.Features.Complaints;

/// <summary>What a customer's forms on a case carry.</summary>
internal sealed class CaseForm
{
    public string? Text { get; set; }
    public int Process { get; set; }
    public int Outcome { get; set; }
    public bool Confirmed { get; set; }
}
