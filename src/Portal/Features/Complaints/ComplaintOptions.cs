using System.ComponentModel.DataAnnotations;

namespace Portal.Features.Complaints;

/// <summary>Section <c>Complaints</c>.</summary>
public sealed class ComplaintOptions
{
    public const string Section = "Complaints";

    /// <summary>Points an agent may promise without a manager. Goes into the first policy; later policies say it themselves.</summary>
    [Range(0, 1_000_000_000)]
    public long AgentPointsLimit { get; set; } = 500;

    /// <summary>The outside body a customer can turn to, by name.</summary>
    [Required]
    public string OutsideBody { get; set; } = "Badan Perlindungan Konsumen Nasional (BPKN), bpkn.go.id";

    /// <summary>Days after its end for which a case keeps what people wrote and who they are; then only what reports count stays.</summary>
    [Range(30, 36_500)]
    public int KeepPersonalDataDays { get; set; } = 730;

    /// <summary>Days for which a half-written text is kept after the last key.</summary>
    [Range(1, 365)]
    public int KeepDraftsDays { get; set; } = 30;

    /// <summary>How often open cases are looked at for what time alone brings.</summary>
    [Range(5, 3600)]
    public int CheckEverySeconds { get; set; } = 30;
}
