using Portal.Features.Programs.Codes;

namespace Portal.Jobs;

/// <summary>Makes unique codes that marketers asked for, on every node; steps keep the nodes from each other's work.</summary>
internal sealed class MakeUniqueCodes(MakeCodes codes, ILogger<MakeUniqueCodes> log) : RepeatedJob(TimeSpan.FromSeconds(2), log)
{
    protected override async Task<TimeSpan?> RoundAsync(CancellationToken stopping)
    {
        await codes.RunAsync(stopping);
        return AsUsual;
    }
}
