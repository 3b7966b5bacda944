// Stand-in for RayRay's web app; see ../README.md. As strict about its variables as the guide.
const { PORT, HOSTNAME } = process.env;
if (PORT !== "3000" || HOSTNAME !== "0.0.0.0" || process.getuid() !== 1001) {
  console.error("stand-in: refused to start: it needs PORT 3000, HOSTNAME 0.0.0.0 and uid 1001");
  process.exit(78);
}
import("/app/lib/page.mjs").then(({ servePage }) =>
  servePage({ title: "RayRay", variable: "NEXT_PUBLIC_API_URL", port: 3000 }),
);
