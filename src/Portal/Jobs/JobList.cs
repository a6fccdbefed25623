using Portal.Features.Demo;

namespace Portal.Platform;

/// <summary>When things happen by themselves. What happens stands in the features.</summary>
internal static class JobList
{
    public static void AddJobs(this IServiceCollection services)
    {
        services.AddHostedService<Portal.Jobs.SendMessages>();
        services.AddHostedService<Portal.Jobs.SettlePoints>();
        services.AddHostedService<Portal.Jobs.TellOccasions>();
        services.AddHostedService<Portal.Jobs.CloseDays>();
        services.AddHostedService<Portal.Jobs.WorkOnImports>();
        services.AddHostedService<Portal.Jobs.MakeUniqueCodes>();
        services.AddHostedService<Portal.Jobs.WorkOnBacktests>();
        services.AddHostedService<Portal.Jobs.ReckonSegments>();
        services.AddDemoJobs();
        services.AddHostedService<Portal.Jobs.TickComplaints>();
        services.AddHostedService<Portal.Jobs.EraseOldCases>();
        services.AddHostedService<Portal.Jobs.ForgetOldCounts>();
    }
}
