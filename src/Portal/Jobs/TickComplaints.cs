using Microsoft.Extensions.Options;
using Portal.Features.Complaints;
using Portal.Features.Complaints.Staff.Service;

namespace Portal.Jobs;

/// <summary>Looks at open complaints every half minute, on every node; locks keep the nodes from each other's cases. What a failed round left stays due.</summary>
internal sealed class TickComplaints(TickCases tick, AdoptRules adopt, IOptions<ComplaintOptions> options, ILogger<TickComplaints> log)
    : RepeatedJob(TimeSpan.FromSeconds(options.Value.CheckEverySeconds), log)
{
    protected override async Task<TimeSpan?> RoundAsync(CancellationToken stopping)
    {
        await adopt.RunAsync(stopping);
        await tick.RunAsync(stopping);
        return AsUsual;
    }
}
